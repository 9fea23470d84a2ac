import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome benchmark [PHOTO...]`: what this machine does, figure by figure.
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Time the networks, or each stage of colouring photographs.",
        discussion: """
            Medians after a warm-up. Times differ from run to run and machine to machine: compare \
            only what was measured side by side, as `make bench` does with other programs.
            """)

    @Argument(
        help: "Photographs to colour and throw away. Without any, networks are timed.",
        completion: .file())
    var photographs: [String] = []

    @Option(help: "How often each figure is taken; the median is told.")
    var rounds = 5

    @Flag(help: "Compare OpenVINO's colours of the photographs with libtorch's.")
    var engines = false

    @OptionGroup var network: NetworkArguments

    @Flag(help: "Write JSON to standard output instead of comma-separated lines.")
    var json = false

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("--rounds is \(rounds); give 1 or more.") }
        if photographs.isEmpty, network.model != nil {
            throw ValidationError("--model is for photographs; without any, networks are timed.")
        }
        if photographs.isEmpty, engines {
            throw ValidationError("--engines compares the colours of photographs; name some.")
        }
    }

    func run() async throws {
        var figures: [Figure] = []
        if photographs.isEmpty {
            figures = try await NetworkBenchmark(device: network.device, rounds: rounds).figures()
        } else if engines {
            figures = try await EngineComparison(model: network.model).figures(
                of: FilePath.arguments(photographs))
        } else {
            let network = try ColorNetwork(reading: network.model, on: network.device)
            for photograph in FilePath.arguments(photographs) {
                figures += try await PhotographBenchmark(
                    path: photograph, colorizer: Colorizer(network: network), rounds: rounds
                ).figures()
            }
        }
        figures.append(Figure(name: "peak memory", value: Double(PeakMemory.bytes), unit: "bytes"))
        if json {
            try StandardStream.output.write(JSON.line(figures))
        } else {
            let lines = figures.map { "\($0.name),\($0.value),\($0.unit)\n" }
            StandardStream.output.write("figure,value,unit\n" + lines.joined())
        }
    }
}
