import ArgumentParser
import Autochrome

/// `autochrome model convert IN OUT --precision fp16|fp32`.
struct ModelConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model's weights in another precision.",
        discussion: "fp16 halves the file; the network still computes in float32.")

    @Argument(help: "A model file.", completion: .model)
    var input: String

    @OptionGroup var file: NewModelFile

    @Option(help: "Storage precision of the weights.")
    var precision: Precision

    func run() throws {
        let weights = try Weights(reading: input)
        // Checked before its tensors are.
        _ = try NetworkKind(of: weights)
        try file.write(try weights.converted(to: precision))
    }
}
