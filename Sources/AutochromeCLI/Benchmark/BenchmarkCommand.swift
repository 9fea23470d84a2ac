import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome benchmark [PHOTO...]`: what this machine does, figure by figure.
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Time the networks, or each stage of colouring photographs.",
        discussion: """
            Reports medians after a warm-up. Times vary between runs and machines: compare only \
            figures from the same run, as `make bench` does with other programs.
            """)

    @Argument(
        help: "Photographs to colour without saving. Without any, times the networks.",
        completion: .file())
    var photographs: [String] = []

    @Option(help: "Number of repetitions of each measurement; the median is reported.")
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
            figures = try await NetworkBenchmark(
                device: network.device, precision: network.precision, rounds: rounds
            ).figures()
        } else if engines {
            figures = try await EngineComparison(
                model: network.model, precision: network.precision
            ).figures(
                of: FilePath.arguments(photographs))
        } else {
            let network = try ColorNetwork(
                reading: network.model, on: network.device, precision: network.precision)
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
