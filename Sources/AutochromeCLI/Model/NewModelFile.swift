import ArgumentParser
import Autochrome
import SystemPackage

/// A model file that a command writes.
struct NewModelFile: ParsableArguments {
    @Argument(help: "File to write; it must not exist.", completion: .file())
    var output: String

    @Flag(help: "Write the new file's description as JSON to standard output.")
    var json = false

    func validate() throws {
        guard FileFacts.kind(of: FilePath(output)) == nil else {
            throw ValidationError("\(output) already exists; give another name.")
        }
    }

    /// Writes the weights, which must be a network's, and names the file or describes it.
    func write(_ weights: Weights) throws {
        _ = try NetworkKind(of: weights)
        try weights.write(to: output)
        let facts = try ModelFacts(of: output)
        if json {
            try StandardStream.output.write(JSON.line(facts))
        } else {
            StandardStream.output.name(FilePath(output))
        }
    }
}
