internal import Autochrome

/// What a run keeps to when it goes on: all that its weights, the order of its photographs and its
/// evaluations stand on.
///
/// Rates, the length of the run, precision, and how often what is written may change.
struct RunIdentity {
    private static let (namesKey, initialKey) = ("check sum of the names", "init")
    /// The facts that checkpoints of older versions do not tell; they then count as the same.
    private static let laterFacts: Set = ["optimizer", "average", "frozen stages"]

    /// What the recipe and the data set say, by the names that messages have for it.
    private let facts: [String: String]
    /// The check sum of the photographs' names in their order.
    private let names: String
    /// What --init named; nil where it was not given.
    private var initial: String?

    /// - Parameter names: of all photographs of the data set.
    init(_ recipe: Recipe, _ plan: BatchPlan, photographs names: [String], initial: String?) {
        var facts = [
            "network": recipe.network.rawValue, "loss": recipe.loss.text,
            "batch size": "\(recipe.batchSize)", "size": "\(recipe.size)",
            "seed": "\(recipe.seed)", "shuffling": recipe.shuffles ? "on" : "off",
            "shuffle buffer": "\(recipe.shuffleBuffer)", "sampling": Self.text(recipe.sampling),
            "photographs": "\(names.count)",
            "evaluation photographs": "\(plan.evaluation.count)",
            "optimizer": recipe.optimizer.isDecoupled ? "adamw" : "adam",
            "average": recipe.optimizer.average == nil ? "off" : "on",
        ]
        if recipe.network == .chroma {
            let readout = recipe.readout
            facts["encoder"] = recipe.encoder.rawValue
            facts["frozen stages"] = "\(recipe.optimizer.frozenStages)"
            facts["readout"] = "{rebalancing: \(readout.rebalancing), gain: \(readout.gain)}"
        }
        self.facts = facts
        let text = names.joined(separator: "\n")
        self.names = CRC32C.checksum(Array(text.utf8)).padded(8, radix: 16)
        self.initial = initial
    }

    private static func text(_ sampling: [String: Double]) -> String {
        let pairs = sampling.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return "{\(pairs.joined(separator: ", "))}"
    }

    /// What a checkpoint says of it.
    var metadata: [String: String] {
        var metadata = facts
        metadata[Self.namesKey] = names
        metadata[Self.initialKey] = initial
        return metadata
    }

    /// This identity as the run in the checkpoint at `path` has it: with the --init that it was
    /// begun with, which need not be given again.
    ///
    /// - Parameter found: the checkpoint's metadata.
    /// - Throws: `TrainingError.options` when the run was begun otherwise.
    func goingOn(
        from found: [String: String], at path: String
    ) throws(TrainingError) -> RunIdentity {
        for (name, wanted) in facts.sorted(by: { $0.key < $1.key }) {
            if found[name] == nil, Self.laterFacts.contains(name) { continue }
            try Self.check(name, found[name], is: wanted, at: path)
        }
        guard found[Self.namesKey] == names else {
            throw .options(
                "\(path): this run was begun with other photographs; those in --data have other "
                    + "names now. Give --run another folder, or --data the photographs it was "
                    + "begun with.")
        }
        var identity = self
        identity.initial = found[Self.initialKey]
        if let initial, initial != identity.initial {
            let begun = identity.initial.map { "with --init \($0)" } ?? "without --init"
            throw .options(
                "\(path): this run was begun \(begun), now --init is \(initial). It goes on from "
                    + "its checkpoint: leave --init out, or give --run another folder.")
        }
        return identity
    }

    private static func check(
        _ name: String, _ found: String?, is wanted: String, at path: String
    ) throws(TrainingError) {
        guard let found else {
            throw .options(
                "\(path): it does not say with which \(name) this run was begun, as checkpoints "
                    + "of older versions do not. Give --run another folder.")
        }
        guard found == wanted else {
            throw .options(
                "\(path): this run was begun with \(name) \(found), now \(name) is \(wanted). "
                    + "Give --run another folder, or the recipe and options it was begun with.")
        }
    }
}

extension LossSettings {
    /// As a recipe has it.
    fileprivate var text: String {
        switch self {
        case .article: "{name: article}"
        case .huber(let delta): "{name: huber, delta: \(delta)}"
        case .crossEntropy(let regression): "{name: cross-entropy, regression: \(regression)}"
        }
    }
}
