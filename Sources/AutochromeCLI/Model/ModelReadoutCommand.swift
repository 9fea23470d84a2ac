import ArgumentParser
import Autochrome
import AutochromeTraining

/// `autochrome model readout IN OUT --rebalancing 0.5 --gain 2 --working-side 192`.
struct ModelReadoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readout",
        abstract: "Change a model's read-out, working side and looks.",
        discussion: """
            The read-out turns the network's distribution into colours. The weights are not \
            changed. Rebalancing and gains are those of a recipe's `readout`. A ResNet has no \
            distribution.
            """)

    @Argument(help: "A model file.", completion: .model)
    var input: String

    @OptionGroup var file: NewModelFile

    @Option(help: "Exponent of the rebalancing weights of the cells; 0 for no rebalancing.")
    var rebalancing: Double = 1

    @Option(help: "Factor for the cells' a*b*.")
    var gain: Double = 1

    @Option(
        help: """
            Additional factor for all a*b* at a vividness of 1; for a ChromaTransformer.
            """)
    var vividGain: Double = 1

    @Option(
        help: "Shorter side in pixels at which the model sees photographs, 32 to 2048.")
    var workingSide: Int?

    @Option(help: "Number of sizes at which it sees each photograph, 1 or 2.")
    var looks: Int?

    @Option(help: "Factor for the logits; above 1 favours likelier colours.")
    var sharpness: Float = 1

    func validate() throws {
        guard (0...10).contains(rebalancing) else {
            throw ValidationError("--rebalancing is \(rebalancing); it goes from 0 to 10.")
        }
        guard (0.01...100).contains(gain) else {
            throw ValidationError("--gain is \(gain); it goes from 0.01 to 100.")
        }
        guard (0.01...100).contains(vividGain) else {
            throw ValidationError("--vivid-gain is \(vividGain); it goes from 0.01 to 100.")
        }
        if let workingSide, !ModelUse.workingSides.contains(workingSide) {
            throw ValidationError("--working-side is \(workingSide); it goes from 32 to 2048.")
        }
        if let looks, !(1...2).contains(looks) {
            throw ValidationError("--looks is \(looks); it is 1 or 2.")
        }
        guard (0.01...100).contains(sharpness) else {
            throw ValidationError("--sharpness is \(sharpness); it goes from 0.01 to 100.")
        }
    }

    func run() throws {
        let weights = try Weights(reading: input)
        guard try NetworkKind(of: weights).network.givesDistribution else {
            throw ValidationError("\(input) predicts one colour; it has no read-out to change.")
        }
        guard vividGain == 1 || weights.tensors["gains"] != nil else {
            throw ValidationError("--vivid-gain says nothing to \(input), which has one gain.")
        }
        let takesHints = try NetworkKind(of: weights).network.takesHints
        guard looks != 2 || !takesHints else {
            throw ValidationError("--looks is 2; \(input) takes hints and sees a picture once.")
        }
        let settings = ReadoutSettings(
            rebalancing: rebalancing, gain: gain, vividGain: vividGain)
        var changed = try InitialWeights.applying(settings, weights: nil, to: weights)
            .sharpened(by: sharpness)
        // What stood there is no longer true; the numbers change what the file had.
        changed.metadata["readout"] =
            "of \(weights.fileName): rebalancing \(rebalancing), gain \(gain), sharpness \(sharpness)"
            + (vividGain == 1 ? "" : ", vivid gain \(vividGain)")
        if let workingSide { changed.metadata[ModelUse.workingSideKey] = "\(workingSide)" }
        if let looks { changed.metadata[ModelUse.looksKey] = "\(looks)" }
        try file.write(changed)
    }
}
