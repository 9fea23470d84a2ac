internal import Autochrome

/// Settings that a resumed run must keep, since its weights and evaluations depend on them.
///
/// Photographs may be added, stages lengthened and sampling changed; rates, the length of the run,
/// precision, and how often what is written may change, too.
struct RunIdentity {
    private static let initialKey = "init"
    /// The facts that checkpoints of older versions lack; they then count as the same.
    private static let laterFacts: Set = [
        "optimizer", "average", "frozen stages", "evaluation share",
    ]

    /// Values from the recipe and the data set, by their names in messages.
    private let facts: [String: String]
    /// Value of --init; nil if it was not given.
    private var initial: String?

    init(_ recipe: Recipe, initial: String?) {
        var facts = [
            "network": recipe.network.rawValue, "loss": recipe.loss.text,
            "seed": "\(recipe.seed)", "shuffling": recipe.shuffles ? "on" : "off",
            "shuffle buffer": "\(recipe.shuffleBuffer)",
            "evaluation share": "\(recipe.evaluationShare)",
            "optimizer": recipe.optimizer.isDecoupled ? "adamw" : "adam",
            "average": recipe.optimizer.average == nil ? "off" : "on",
        ]
        if recipe.stages.isEmpty {
            facts["batch size"] = "\(recipe.batchSize)"
            facts["size"] = "\(recipe.size)"
        }
        if recipe.network.network.givesDistribution {
            let readout = recipe.readout
            facts["encoder"] = recipe.encoder.rawValue
            facts["frozen stages"] = "\(recipe.optimizer.frozenStages)"
            facts["readout"] = "{rebalancing: \(readout.rebalancing), gain: \(readout.gain)}"
        }
        self.facts = facts
        self.initial = initial
    }

    /// Its form in a checkpoint's metadata.
    var metadata: [String: String] {
        var metadata = facts
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
        var identity = self
        identity.initial = found[Self.initialKey]
        if let initial, initial != identity.initial {
            let begun = identity.initial.map { "with --init \($0)" } ?? "without --init"
            throw .options(
                "\(path): this run was started \(begun), now --init is \(initial). It resumes from "
                    + "its checkpoint: omit --init, or give --run another folder.")
        }
        return identity
    }

    private static func check(
        _ name: String, _ found: String?, is wanted: String, at path: String
    ) throws(TrainingError) {
        guard let found else {
            throw .options(
                "\(path): this run's \(name) is not recorded, since an older version wrote the "
                    + "checkpoint. Give --run another folder.")
        }
        guard found == wanted else {
            throw .options(
                "\(path): this run was started with \(name) \(found), now \(name) is \(wanted). "
                    + "Give --run another folder, or the recipe and options it was started with.")
        }
    }
}

extension LossSettings {
    /// As a recipe has it.
    fileprivate var text: String {
        switch self {
        case .article: "{name: article}"
        case .huber(let delta): "{name: huber, delta: \(delta)}"
        case .crossEntropy(let regression, let delta, let vividness):
            "{name: cross-entropy, regression: \(regression), delta: \(delta), "
                + "vividness: \(vividness)}"
        }
    }
}
