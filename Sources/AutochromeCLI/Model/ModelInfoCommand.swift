import ArgumentParser
import Autochrome

/// `autochrome model info FILE`.
struct ModelInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show a model's network, size, training and engine.")

    @Argument(
        help: "Model file (default: the supplied model).",
        completion: .model)
    var file: String?

    @Flag(help: "Write JSON to standard output.")
    var json = false

    /// The output.
    private struct Answer: Encodable {
        let facts: ModelFacts
        /// The library that colours on this machine's CPU.
        let engine: String

        func encode(to encoder: any Encoder) throws {
            try facts.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(engine, forKey: .engine)
        }

        private enum Key: CodingKey { case engine }
    }

    func run() throws {
        let answer = Answer(facts: try ModelFacts(of: file), engine: EngineLibrary.onCPU())
        if json {
            try StandardStream.output.write(JSON.line(answer))
        } else {
            StandardStream.output.write(Self.table(answer.facts, answer.engine))
        }
    }

    private static func table(_ facts: ModelFacts, _ engine: String) -> String {
        var rows = [
            ("file", facts.file), ("network", facts.network),
            ("parameters", "\(facts.parameters)"),
            ("precision", facts.precision), ("bytes", "\(facts.bytes)"),
            ("working side", "\(facts.use.workingSide)"), ("looks", "\(facts.use.looks)"),
            ("engine on this CPU", engine),
        ]
        let told = Set(rows.map(\.0))
        rows += facts.metadata.sorted { $0.key < $1.key }.filter { !told.contains($0.key) }
            .map { ($0.key.printable, $0.value.printable) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }
}
