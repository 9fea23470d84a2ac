import ArgumentParser
import Autochrome

/// `autochrome model average BEFORE AFTER OUT --share 0.8`.
struct ModelAverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "average",
        abstract: "Average the weights of a model before and after a fine-tuning.",
        discussion: """
            What was learnt before is kept better, and colours of photographs unlike the new ones \
            are often better than with either model. Measure with `autochrome evaluate`.
            """)

    @Argument(help: "The model before.", completion: .model)
    var before: String

    @Argument(help: "The model that was trained on from it.", completion: .model)
    var after: String

    @OptionGroup var file: NewModelFile

    @Option(help: "The share of the later model, 0 to 1.")
    var share: Float = 0.5

    func validate() throws {
        guard (0...1).contains(share) else {
            throw ValidationError("--share is a number from 0 to 1, not \(share).")
        }
    }

    func run() throws {
        let (earlier, later) = (try Weights(reading: before), try Weights(reading: after))
        // Before anything is said of their tensors.
        for weights in [earlier, later] { _ = try NetworkKind(of: weights) }
        try file.write(try earlier.averaged(with: later, share: share))
    }
}
