import Autochrome
import Testing

@Suite struct ChromaNetworkTests {
    static func golden() throws -> Weights {
        try Weights(reading: try Fixture.path("golden.safetensors"))
    }

    static func input(_ name: String) throws -> Tensor {
        let (values, shape) = try Fixture.tensor("\(name).lightness", in: golden())
        return try Tensor.values(values, shape: shape)
    }

    @Test func `logits are those of the network the weights were trained in`() throws {
        let network = try ChromaNetwork<Tensor>(Weights(reading: try Weights.standardFile()))
        let logits = try network(.init(lightness: Self.input("noise")), mode: .evaluation)
        let expected = try Fixture.tensor("noise.logits", in: Self.golden())
        #expect(logits.shape == expected.shape)
        expectClose(try logits.floats(), expected.values, within: 1e-3)
    }

    @Test(arguments: ["noise", "photo"])
    func `a*b* are those of the network the weights were trained in`(name: String) throws {
        let network = try ChromaNetwork<Tensor>(Weights(reading: try Weights.standardFile()))
            .folded()
        let logits = try network(.init(lightness: Self.input(name)), mode: .evaluation)
        let ab = try network.colors(from: logits, vividness: 0.5)
        let expected = try Fixture.tensor("\(name).ab", in: Self.golden())
        #expect(ab.shape == expected.shape)
        expectClose(try ab.floats(), expected.values, within: 1e-3)
    }

    @Test func `folding batch norm changes nothing but rounding`() throws {
        let network = try ChromaNetwork<Tensor>(Weights(reading: try Weights.standardFile()))
        let input = try Self.input("noise")
        expectClose(
            try network.folded()(.init(lightness: input), mode: .evaluation).floats(),
            try network(.init(lightness: input), mode: .evaluation).floats(), within: 1e-3)
    }

    @Test func `vividness makes colours stronger, from none of the rebalancing to all`() throws {
        let network = try ChromaNetwork<Tensor>(Weights(reading: try Weights.standardFile()))
        let logits = try network(.init(lightness: Self.input("photo")), mode: .evaluation)
        let chroma = try [0, 0.5, 1].map { vividness in
            let ab = try network.colors(from: logits, vividness: vividness)
            return try (ab * ab).mean().floats()[0]
        }
        #expect(chroma[0] < chroma[1] && chroma[1] < chroma[2], "\(chroma)")
    }

    @Test func `training mode goes by the batch and moves the running statistics`() throws {
        let weights = try Weights(reading: try Weights.standardFile())
        let tensors = try weights.tensors(for: ChromaNetwork<Tensor>.self, on: .cpu)
        let network = try ChromaNetwork<Tensor>(tensors)
        let input = try Self.input("noise")
        let evaluated = try network(.init(lightness: input), mode: .evaluation).floats()
        let before = try tensors["decoder.refine.norm.running_mean"]?.floats()
        let trained = try network(.init(lightness: input), mode: .training).floats()
        #expect(trained != evaluated)
        #expect(try tensors["decoder.refine.norm.running_mean"]?.floats() != before)
    }
}
