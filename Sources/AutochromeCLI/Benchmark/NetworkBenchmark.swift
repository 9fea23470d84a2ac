import Autochrome

/// Times the networks alone on one picture, with weights that mean nothing: the arithmetic is
/// the same.
struct NetworkBenchmark {
    let device: Device
    let rounds: Int

    func figures() async throws -> [Figure] {
        [
            try await figure(of: ResNet.self, width: 512, height: 512),
            try await figure(of: ChromaNetwork.self, width: 352, height: 256),
        ]
    }

    private func figure<N: Network>(
        of network: N.Type, width: Int, height: Int
    ) async throws -> Figure {
        let device = try device.resolved()
        let folded = try N(Self.parameters(of: N.self, on: device)).folded()
        let lightness = try Tensor.filled(with: 50, shape: [1, 1, height, width], on: device)
        return try await .seconds("\(N.name) \(width) x \(height)", rounds: rounds) {
            try withoutGradient { () throws(TensorError) in
                _ = try folded(lightness, mode: .evaluation)
                try device.synchronize()
            }
        }
    }

    /// Weights of 1 over the fan-in, which keeps activations finite.
    private static func parameters<N: Network>(
        of network: N.Type, on device: Device
    ) throws -> Parameters {
        var tensors: [String: Tensor] = [:]
        for (name, shape) in try N.parameterShapes() {
            let fanIn = shape.count > 1 ? shape.dropFirst().reduce(1, *) : 1
            tensors[name] = try Tensor.filled(with: 1 / Float(fanIn), shape: shape, on: device)
        }
        return Parameters(tensors)
    }
}
