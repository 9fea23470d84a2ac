import ArgumentParser
import Autochrome

/// `autochrome model average BEFORE AFTER OUT --share 0.8`.
struct ModelAverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Average the weights of a model before and after a fine-tuning.",
        discussion: """
            The average forgets less of the earlier training, and often colours photographs \
            unlike the new ones better than either model. Measure with `autochrome evaluate`.
            """)

    @Argument(help: "Model before the fine-tuning.", completion: .model)
    var before: String

    @Argument(help: "Model after the fine-tuning.", completion: .model)
    var after: String

    @OptionGroup var file: NewModelFile

    @Option(help: "Weight of the later model, 0 to 1.")
    var share: Float = 0.5

    func validate() throws {
        guard (0...1).contains(share) else {
            throw ValidationError("--share is a number from 0 to 1, not \(share).")
        }
    }

    func run() throws {
        let (earlier, later) = (try Weights(reading: before), try Weights(reading: after))
        // Checked before their tensors are.
        for weights in [earlier, later] { _ = try NetworkKind(of: weights) }
        try file.write(try earlier.averaged(with: later, share: share))
    }
}
