import ArgumentParser
import Autochrome
import AutochromeTraining

/// `autochrome model readout IN OUT --rebalancing 0.5 --gain 2 --sharpness 1.2`.
struct ModelReadoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readout",
        abstract: "Change how a ChromaNetwork's distribution becomes colours.",
        discussion: """
            The network and what it has learnt stay as they are. Rebalancing and gain have the \
            meaning of a recipe's `readout`.
            """)

    @Argument(help: "A model file.", completion: .model)
    var input: String

    @OptionGroup var file: NewModelFile

    @Option(help: "The power to which the weights of the cells are raised; 0 for none at all.")
    var rebalancing: Double = 1

    @Option(help: "What the cells' a*b* are multiplied by.")
    var gain: Double = 1

    @Option(help: "What the logits are multiplied by: above 1, likelier colours win more.")
    var sharpness: Float = 1

    func validate() throws {
        guard (0...10).contains(rebalancing) else {
            throw ValidationError("--rebalancing is \(rebalancing); it goes from 0 to 10.")
        }
        guard (0.01...100).contains(gain) else {
            throw ValidationError("--gain is \(gain); it goes from 0.01 to 100.")
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
        let settings = ReadoutSettings(rebalancing: rebalancing, gain: gain)
        var changed = try InitialWeights.applying(settings, weights: nil, to: weights)
            .sharpened(by: sharpness)
        // What stood there is no longer true; the numbers change what the file had.
        changed.metadata["readout"] =
            "of \(weights.fileName): rebalancing \(rebalancing), gain \(gain), sharpness \(sharpness)"
        try file.write(changed)
    }
}
