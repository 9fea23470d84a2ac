import Autochrome
import Testing

/// The network of version 0.2 beside PyTorch, on weights that both compute by a formula.
@Suite struct ChromaTransformerTests {
    private static func values(_ name: String, _ shape: [Int], k: Int) -> [Float] {
        let count = shape.reduce(1, *)
        let noise = (0..<count).map { ResNetTests.noise($0, k: k) }
        switch name.split(separator: ".").last {
        case "running_mean": return noise.map { Float(0.1 * $0) }
        case "running_var": return noise.map { Float(1 + 0.5 * $0 * $0) }
        case "weight" where name.contains(".norm"): return noise.map { Float(1 + 0.1 * $0) }
        case "bias" where name.contains(".norm"): return noise.map { Float(0.1 * $0) }
        case "color_bins": return noise.map { Float(50 * $0) }
        case "color_weights": return noise.map { Float(1 + 0.5 * $0) }
        case "gains": return noise.map { Float(2 + $0) }
        case "slope", "null": return noise.map { Float($0) }
        case "bias": return noise.map { Float(0.02 * $0) }
        default:
            let scale = (3 * Double(shape[0]) / Double(count)).squareRoot()
            return noise.map { Float(scale * $0) }
        }
    }

    /// The tensors by the formula of `Scripts/fixtures.d/transformer_torch.py`.
    static func tensors() throws -> [String: Tensor] {
        let shapes = try ChromaTransformer<Tensor>.parameterShapes(.lite0)
        var tensors: [String: Tensor] = [:]
        for (k, name) in shapes.keys.sorted().enumerated() {
            let shape = try #require(shapes[name])
            tensors[name] = try Tensor.values(values(name, shape, k: k), shape: shape)
        }
        return tensors
    }

    private static func tensor(_ name: String) throws -> Tensor {
        let fixture = try Weights(reading: try Fixture.path("transformer.safetensors"))
        let (values, shape) = try Fixture.tensor(name, in: fixture)
        return try Tensor.values(values, shape: shape)
    }

    private static func lightness() throws -> Tensor {
        try ResNetTests.input(Weights(reading: try Fixture.path("resnet.safetensors")))
    }

    private static func input(hinted: Bool) throws -> NetworkInput<Tensor> {
        NetworkInput(
            lightness: try lightness(), hints: hinted ? try tensor("hints") : nil,
            palette: hinted ? try tensor("palette") : nil)
    }

    /// Every twentieth channel, as the fixture has them.
    private static func some(_ logits: Tensor) throws -> [Float] {
        let (values, shape) = (try logits.floats(), logits.shape)
        let plane = shape[2] * shape[3]
        var some: [Float] = []
        for picture in 0..<shape[0] {
            for channel in stride(from: 0, to: shape[1], by: 20) {
                let start = (picture * shape[1] + channel) * plane
                some += values[start..<start + plane]
            }
        }
        return some
    }

    @Test(arguments: [false, true])
    func `logits are PyTorch's, with hints and palette, folded or not`(folded: Bool) throws {
        let network = try ChromaTransformer<Tensor>(Self.tensors())
        let made = folded ? try network.folded() : network
        let logits = try made(Self.input(hinted: true), mode: .evaluation)
        #expect(logits.shape == [2, 261, 16, 16])
        expectClose(
            try Self.some(logits), try Self.tensor("logits").floats(), within: 1e-4)
        for vividness in [0, 0.5, 1] {
            expectClose(
                try made.colors(from: logits, vividness: vividness).floats(),
                try Self.tensor("ab.\(vividness)").floats(), within: 1e-3)
        }
    }

    @Test func `no hints, and planes of none, give the same logits, which are PyTorch's`() throws {
        let network = try ChromaTransformer<Tensor>(Self.tensors())
        let none = try network(Self.input(hinted: false), mode: .evaluation)
        expectClose(try Self.some(none), try Self.tensor("plain").floats(), within: 1e-4)
        let zeros = NetworkInput(
            lightness: try Self.lightness(),
            hints: try Tensor.filled(with: 0, shape: [2, 3, 16, 16]),
            palette: try Tensor.filled(with: 0, shape: [2, 262]))
        expectClose(
            try network(zeros, mode: .evaluation).floats(), try none.floats(), within: 1e-5)
    }

    @Test func `a picture's hints change nothing in the others of its batch`() throws {
        let network = try ChromaTransformer<Tensor>(Self.tensors())
        let hints = try Self.tensor("hints")
        let all = try network(
            NetworkInput(lightness: Self.lightness(), hints: hints), mode: .evaluation)
        let plain = try network(Self.input(hinted: false), mode: .evaluation)
        let half = all.count / 2
        expectClose(
            Array(try all.floats().suffix(half)), Array(try plain.floats().suffix(half)),
            within: 1e-5)
        #expect(try all.floats().prefix(half) != plain.floats().prefix(half))
    }
}
