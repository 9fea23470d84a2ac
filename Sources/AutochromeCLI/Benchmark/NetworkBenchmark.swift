import Autochrome

/// Times the networks alone on one picture, with weights that mean nothing: the arithmetic is
/// the same.
struct NetworkBenchmark {
    let device: Device
    let rounds: Int

    func figures() async throws -> [Figure] {
        [
            try await figure(of: ResNet<GraphTensor>.self, .lite0, width: 512, height: 512),
            try await figure(of: ChromaNetwork<GraphTensor>.self, .lite0, width: 352, height: 256),
            try await figure(
                of: ChromaTransformer<GraphTensor>.self, .lite0, width: 352, height: 256),
            try await figure(
                of: ChromaTransformer<GraphTensor>.self, .lite2, width: 352, height: 256),
        ]
    }

    private func figure<N: Network<GraphTensor>>(
        of network: N.Type, _ encoder: ChromaLayout, width: Int, height: Int
    ) async throws -> Figure {
        let network = try ColorNetwork(Self.weights(of: N.self, encoder), on: device)
        var generator = LinearCongruentialGenerator()
        let pixels = (0..<width * height).map { _ in 50 + 50 * generator.next() }
        let picture = InputPlanes(
            lightness: Plane(width: width, height: height, values: pixels))
        let name =
            "\(N.name) \(N.givesDistribution ? "\(encoder.rawValue) " : "")\(width) x \(height)"
        return try await .seconds(name, rounds: rounds) {
            _ = try await network.ab(for: picture)
        }
    }

    /// Weights that keep activations at the size of a trained network's: a layer of zeros or of
    /// tiny numbers takes another time.
    private static func weights<N: Network<GraphTensor>>(
        of network: N.Type, _ encoder: ChromaLayout
    ) throws -> Weights {
        var generator = LinearCongruentialGenerator()
        var tensors: [String: StoredTensor] = [:]
        for (name, shape) in try N.parameterShapes(encoder).sorted(by: { $0.key < $1.key }) {
            let count = shape.reduce(1, *)
            let values: [Float]
            if shape.count > 1 {
                let scale = (6 / Float(count / shape[0])).squareRoot()
                values = (0..<count).map { _ in scale * generator.next() }
            } else {
                let isScale = !name.hasSuffix("bias") && !name.hasSuffix("mean")
                values = Array(repeating: isScale ? 1 : 0, count: count)
            }
            tensors[name] = StoredTensor(values, shape: shape)
        }
        return Weights(
            file: "memory", tensors: tensors, metadata: [ModelUse.looksKey: "1"])
    }
}

/// Numbers from -1 to 1 in an order that is always the same (Knuth's MMIX constants).
private struct LinearCongruentialGenerator {
    private var state: UInt64 = 1

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 23) - 1
    }
}
