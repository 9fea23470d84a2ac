import Autochrome

/// Times the networks alone on one picture, with weights that mean nothing: the arithmetic is
/// the same.
struct NetworkBenchmark {
    let device: Device
    let rounds: Int

    func figures() async throws -> [Figure] {
        [
            try await figure(of: ResNet.self, (), width: 512, height: 512),
            try await figure(of: ChromaNetwork.self, .lite0, width: 352, height: 256),
            try await figure(of: ChromaNetwork.self, .lite2, width: 352, height: 256),
        ]
    }

    private func figure<N: Network>(
        of network: N.Type, _ layout: N.Layout, width: Int, height: Int
    ) async throws -> Figure {
        let device = try device.resolved()
        let folded = try N(Self.parameters(of: N.self, layout, on: device), layout).folded()
        var generator = LinearCongruentialGenerator()
        let pixels = (0..<width * height).map { _ in 50 + 50 * generator.next() }
        let lightness = try Tensor.values(pixels, shape: [1, 1, height, width], on: device)
        let name = "\(N.name) \(Self.name(of: layout))\(width) x \(height)"
        return try await .seconds(name, rounds: rounds) {
            try withoutGradient { () throws(TensorError) in
                _ = try folded(lightness, mode: .evaluation)
                try device.synchronize()
            }
        }
    }

    private static func name(of layout: Any) -> String {
        (layout as? ChromaLayout).map { "\($0.rawValue) " } ?? ""
    }

    /// Weights that keep activations at the size of a trained network's: a layer of zeros or of
    /// tiny numbers takes another time.
    private static func parameters<N: Network>(
        of network: N.Type, _ layout: N.Layout, on device: Device
    ) throws -> Parameters {
        var generator = LinearCongruentialGenerator()
        var tensors: [String: Tensor] = [:]
        for (name, shape) in try N.parameterShapes(layout).sorted(by: { $0.key < $1.key }) {
            let count = shape.reduce(1, *)
            let values: [Float]
            if shape.count > 1 {
                let scale = (6 / Float(count / shape[0])).squareRoot()
                values = (0..<count).map { _ in scale * generator.next() }
            } else {
                let isScale = !name.hasSuffix("bias") && !name.hasSuffix("mean")
                values = Array(repeating: isScale ? 1 : 0, count: count)
            }
            tensors[name] = try Tensor.values(values, shape: shape, on: device)
        }
        return Parameters(tensors)
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
