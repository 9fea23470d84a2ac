import Autochrome

/// Weights of the article's network by the formula of Scripts/fixtures.d/formula.py.
enum ArticleWeights {
    /// Writes them to a file.
    static func write(to path: String) throws {
        let shapes = try ResNet<Tensor>.parameterShapes(.lite0)
        var tensors: [String: StoredTensor] = [:]
        for (k, name) in shapes.keys.sorted().enumerated() {
            let shape = shapes[name] ?? []
            let layer = name.split(separator: ".").dropLast().joined(separator: ".")
            let isNorm = shapes["\(layer).running_mean"] != nil
            tensors[name] = StoredTensor(values(name, shape, k: k, isNorm: isNorm), shape: shape)
        }
        try Weights(file: path, tensors: tensors).write(to: path)
    }

    /// Uniform in -1..<1 by an integer hash.
    private static func noise(_ i: Int, _ k: Int) -> Double {
        var h = UInt32(truncatingIfNeeded: i) &+ UInt32(truncatingIfNeeded: k) &* 0x9E37_79B9
        h ^= h >> 16
        h = h &* 0x7FEB_352D
        h ^= h >> 15
        h = h &* 0x846C_A68B
        h ^= h >> 16
        return Double(h) / 2_147_483_648 - 1
    }

    private static func values(
        _ name: String, _ shape: [Int], k: Int, isNorm: Bool
    ) -> [Float] {
        let count = shape.reduce(1, *)
        let scale = (Double(count) / Double(shape.first ?? 1)).squareRoot()
        return (0..<count).map { i in
            let s = noise(i, k)
            return switch (name.split(separator: ".").last, isNorm) {
            case ("running_mean", _), ("bias", true): Float(0.1 * s)
            case ("running_var", _): Float(1 + 0.5 * s * s)
            case ("weight", true): Float(1 + 0.1 * s)
            case ("bias", false): Float(0.02 * s)
            default: Float(s / scale)
            }
        }
    }
}
