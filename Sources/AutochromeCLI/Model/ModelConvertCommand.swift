import ArgumentParser
import Autochrome

/// `autochrome model convert IN OUT --precision fp16|fp32`.
struct ModelConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model's weights in another precision.",
        discussion: "fp16 halves the file; the network computes in float32 all the same.")

    @Argument(help: "A model file.", completion: .model)
    var input: String

    @OptionGroup var file: NewModelFile

    @Option(help: "In what the weights of convolutions are stored.")
    var precision: Precision

    func run() throws {
        let weights = try Weights(reading: input)
        // Before anything is said of its tensors.
        _ = try NetworkKind(of: weights)
        try file.write(try weights.converted(to: precision))
    }
}
