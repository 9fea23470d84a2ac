import ArgumentParser
import Autochrome

/// `autochrome model info FILE`.
struct ModelInfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tell a model file's network, size and how it was trained.")

    @Argument(
        help: "A model file; without one, the model that came with the program.",
        completion: .model)
    var file: String?

    @Flag(help: "Write JSON to standard output.")
    var json = false

    func run() throws {
        let facts = try ModelFacts(of: file)
        if json {
            try StandardStream.output.write(JSON.line(facts))
        } else {
            StandardStream.output.write(Self.table(facts))
        }
    }

    private static func table(_ facts: ModelFacts) -> String {
        var rows = [
            ("file", facts.file), ("network", facts.network),
            ("parameters", "\(facts.parameters)"),
            ("precision", facts.precision), ("bytes", "\(facts.bytes)"),
            ("working side", "\(facts.use.workingSide)"), ("looks", "\(facts.use.looks)"),
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
