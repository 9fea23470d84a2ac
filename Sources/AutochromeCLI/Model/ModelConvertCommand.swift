import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome model convert IN OUT --precision fp16|fp32`.
struct ModelConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Store a model's weights in another precision.",
        discussion: "fp16 halves the file; the network computes in float32 all the same.")

    @Argument(help: "A model file.")
    var input: String

    @Argument(help: "The file to write; it must not be there yet.")
    var output: String

    @Option(help: "fp16 or fp32.")
    var precision: Precision

    @Flag(help: "Write the new file's facts as JSON to standard output.")
    var json = false

    func run() throws {
        guard FileIdentity.kind(of: FilePath(output)) == nil else {
            throw ValidationError("\(output) is there already; give another name.")
        }
        try Weights(reading: input).converted(to: precision).write(to: output)
        let facts = try ModelFacts(of: output)
        if json {
            try StandardStream.output.write(JSON.line(facts))
        } else {
            StandardStream.output.write("\(output)\n")
        }
    }
}
