import Autochrome
import Foundation

/// A network that listens to hints, with weights by formula: what it says is of no worth, but
/// hints and palettes change it.
enum ListeningModel {
    /// Writes its file, 19 MB.
    static func write(to path: String) throws {
        let shapes = try ChromaTransformer<Tensor>.parameterShapes(.lite0)
        var tensors: [String: StoredTensor] = [:]
        for (number, name) in shapes.keys.sorted().enumerated() {
            let shape = shapes[name] ?? []
            tensors[name] = StoredTensor(values(name, shape, number), shape: shape)
        }
        var weights = Weights(file: path, tensors: tensors, metadata: [:])
        weights.metadata = ["network": "ChromaTransformer", "name": "listening", "looks": "1"]
        try weights.write(to: path)
    }

    private static func values(_ name: String, _ shape: [Int], _ number: Int) -> [Float] {
        let count = shape.reduce(1, *)
        func filled(_ value: Float) -> [Float] { .init(repeating: value, count: count) }
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        let noise = (0..<count).map { _ -> Float in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(state >> 40) / Float(1 << 23) - 1
        }
        switch name.split(separator: ".").last {
        case "color_bins": return ColorBins.centers.flatMap { [$0.x, $0.y] }
        case "color_weights", "gains", "running_var": return filled(1)
        case "running_mean", "bias", "slope", "null": return filled(0)
        case "weight" where name.contains("norm"): return filled(1)
        default:
            let scale = (3 * Float(shape.first ?? 1) / Float(count)).squareRoot()
            return noise.map { scale * $0 }
        }
    }
}
