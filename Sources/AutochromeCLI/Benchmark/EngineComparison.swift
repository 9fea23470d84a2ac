import Autochrome
import SystemPackage

/// Difference between OpenVINO's and libtorch's colours, both on the CPU.
struct EngineComparison {
    private let networks: [ColorNetwork]

    /// - Parameters:
    ///   - model: a model file; nil for the one that came with the program.
    ///   - precision: what OpenVINO computes in.
    init(model: String?, precision: ComputingPrecision) throws(WeightsError) {
        let weights = try Weights(model: model)
        var networks: [ColorNetwork] = []
        for library in EngineLibrary.allCases {
            networks.append(
                try ColorNetwork(weights, on: .cpu, precision: precision, with: library))
        }
        self.networks = networks
    }

    /// The largest difference in a* or b*, before anything is encoded, and the mean.
    func figures(of photographs: [FilePath]) async throws -> [Figure] {
        var (largest, sum, count) = (Float(0), 0.0, 0)
        for path in photographs {
            var values: [[Float]] = []
            for network in networks {
                let colorizer = Colorizer(network: network)
                let photo = try PhotoFile(path: path, maxPixels: ColorizeOptions().maxPixels)
                let view = try await colorizer.see(photo, options: ColorizeOptions())
                values.append(try await colorizer.chroma(of: view))
            }
            for (a, b) in zip(values[0], values[1]) {
                largest = max(largest, abs(a - b))
                sum += Double(abs(a - b))
            }
            count += values[0].count
        }
        return [
            Figure(name: "largest difference", value: Double(largest), unit: "a*b*"),
            Figure(name: "mean difference", value: sum / Double(max(count, 1)), unit: "a*b*"),
        ]
    }
}
