import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome model export FILE out.onnx --precision fp16|fp32`.
struct ModelExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a model as ONNX, for other programs.",
        discussion: """
            The model maps lightness to a*b*; Documentation/Onnx.md describes its inputs and \
            outputs. fp16 halves the file; programs still compute in float32.
            """)

    @Argument(help: "A model file.", completion: .model)
    var input: String

    @Argument(help: "The ONNX file to write; it must not exist.", completion: .file())
    var output: String

    @Option(help: "Storage precision of the weights.")
    var precision: Precision = .fp32

    func validate() throws {
        guard FileFacts.kind(of: FilePath(output)) == nil else {
            throw ValidationError("\(output) exists already; give another name.")
        }
    }

    func run() throws {
        let weights = try Weights(reading: input)
        let bytes = try weights.onnx(precision)
        let part = try PartialFile(for: FilePath(output))
        try bytes.withUnsafeBytes { bytes in
            try Result { () throws(FileError) in try part.write(bytes) }.get()
        }
        guard try part.commit(replacing: false) else {
            throw ValidationError("\(output) exists already; give another name.")
        }
        StandardStream.output.name(FilePath(output))
    }
}
