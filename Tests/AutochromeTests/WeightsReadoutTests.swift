import Autochrome
import Testing

@Suite struct WeightsReadoutTests {
    private static func ab(
        _ weights: Weights, vividness: Double
    ) throws -> [Float] {
        let network = try ChromaNetwork<Tensor>(weights)
        let logits = try network(
            .init(lightness: ChromaNetworkTests.input("noise")), mode: .evaluation)
        return try network.colors(from: logits, vividness: vividness).floats()
    }

    @Test func `a gain multiplies the colours`() throws {
        let weights = try Weights(reading: try Weights.standardFile())
        let cells = try #require(weights.tensors["color_weights"]).floats()
        let plain = try Self.ab(weights.withCells(weights: cells, gain: 1), vividness: 0.5)
        let strong = try Self.ab(weights.withCells(weights: cells, gain: 2), vividness: 0.5)
        expectClose(strong, plain.map { 2 * $0 }, within: 1e-3)
    }

    @Test func `the plain distribution does not depend on the cells' weights`() throws {
        let weights = try Weights(reading: try Weights.standardFile())
        let cells = try #require(weights.tensors["color_weights"]).floats()
        let gain = Float(2)
        let first = try weights.withCells(weights: cells, gain: gain)
        let second = try weights.withCells(weights: cells.map { $0 * $0 }, gain: gain)
        expectClose(
            try Self.ab(first, vividness: 0), try Self.ab(second, vividness: 0), within: 1e-3)
        #expect(try Self.ab(first, vividness: 1) != Self.ab(second, vividness: 1))
    }

    @Test func `sharpening is reading out at a lower temperature`() throws {
        let weights = try Weights(reading: try Weights.standardFile())
        let network = try ChromaNetwork<Tensor>(weights)
        let logits = try network(
            .init(lightness: ChromaNetworkTests.input("noise")), mode: .evaluation)
        // Logits already without the rebalancing's half, as vividness 0.5 takes it back.
        let cells = try Tensor.values(
            try #require(weights.tensors["color_weights"]).floats(), shape: [1, 261, 1, 1])
        let taken = try cells.logarithm().scaled(by: 0.5, plus: 0)
        let shares = try ((logits - taken) / (ReadoutRule.temperature / 1.5)).softmax()
        let bins = try Tensor.values(
            try #require(weights.tensors["color_bins"]).floats(), shape: [261, 2])
        let expected = try bins.transposed()
            .matrixProduct(shares.reshaped(to: [1, 261, logits.shape[2] * logits.shape[3]]))
        expectClose(
            try Self.ab(weights.sharpened(by: 1.5), vividness: 0.5), try expected.floats(),
            within: 5e-3)
    }

    @Test func `an average lies between the two, whatever their cells' weights`() throws {
        let after = try Weights(reading: try Weights.standardFile())
        let cells = try #require(after.tensors["color_weights"]).floats()
        // The same network with other weights of the cells is the same: so is any average.
        let before = try after.withCells(weights: cells.map { 2 * $0 }, gain: 1)
        let same = try before.averaged(with: after, share: 0.3)
        expectClose(
            try #require(same.tensors["head.bias"]).floats(),
            try #require(after.tensors["head.bias"]).floats(), within: 1e-5)
        #expect(same.tensors["color_weights"] == after.tensors["color_weights"])

        var other = after
        let name = "decoder.refine.conv.weight"
        let stored = try #require(after.tensors[name])
        other.tensors[name] = StoredTensor(stored.floats().map { $0 + 1 }, shape: stored.shape)
        let mean = try after.averaged(with: other, share: 0.25)
        expectClose(
            try #require(mean.tensors[name]).floats(), stored.floats().map { $0 + 0.25 },
            within: 1e-5)
    }

    @Test func `tables of other cells are named`() throws {
        let weights = Weights(
            file: "mine",
            tensors: [
                "color_weights": StoredTensor([1, 2, 3], shape: [3]),
                "head.bias": StoredTensor([1], shape: [1]),
            ])
        let expected = WeightsError.wrongShape(
            file: "mine", tensor: "color_weights", expected: [261], found: [3])
        #expect(throws: expected) { try weights.withCells(weights: [1, 2, 3], gain: 1) }
        #expect(throws: expected) { try weights.averaged(with: weights, share: 0.5) }
        let standard = try Weights(reading: try Weights.standardFile())
        let short = #expect(throws: WeightsError.self) {
            try standard.withCells(weights: [1, 2], gain: 1)
        }
        #expect(short?.description.contains("color_weights has shape [2]") == true)
    }

    @Test func `a network without tables is refused, not given back unchanged`() throws {
        let weights = Weights(
            file: "mine", tensors: ["head.bias": StoredTensor([1], shape: [1])])
        let expected = WeightsError.foreign(
            file: "mine", network: "ChromaNetwork", missing: ["color_weights"], unexpected: [])
        #expect(throws: expected) { try weights.withCells(weights: [1], gain: 1) }
    }

    @Test func `models of different networks have no average`() throws {
        let weights = try Weights(reading: try Weights.standardFile())
        var other = weights
        other.tensors["head.bias"] = nil
        #expect(throws: WeightsError.self) { try weights.averaged(with: other, share: 0.5) }
    }
}
