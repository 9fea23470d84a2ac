import Autochrome
import Testing

@Suite struct PrecisionTests {
    @Test func `the committed weights are fp16 and say so`() throws {
        let facts = try ModelFacts(of: nil)
        #expect(facts.network == "ChromaNetwork")
        #expect(facts.precision == "fp16")
        #expect(facts.bytes < 8_000_000)
        #expect(facts.metadata["training_data"] != nil)
    }

    @Test func `to fp32 and back gives the same weights`() throws {
        let half = try Weights(reading: try Weights.standardFile())
        let full = try half.converted(to: .fp32)
        #expect(full.precision == .fp32)
        #expect(full.metadata["precision"] == "float32")
        #expect(full.tensors.values.allSatisfy { $0.scalarType == .float32 })
        #expect(full.parameterCount == half.parameterCount)
        #expect(try full.converted(to: .fp16) == half)
    }

    @Test func `fp16 is the nearest, and only for weights of convolutions`() throws {
        let value: Float = 0.1
        let weights = Weights(
            file: "x",
            tensors: [
                "c.weight": StoredTensor([value], shape: [1, 1, 1, 1]),
                "n.weight": StoredTensor([value], shape: [1]),
                "color_bins": StoredTensor([value, value], shape: [1, 2]),
            ])
        let half = try weights.converted(to: .fp16)
        #expect(half.tensors["c.weight"]?.floats() == [Float(Float16(value))])
        #expect(half.tensors["n.weight"]?.floats() == [value])
        #expect(half.tensors["color_bins"]?.floats() == [value, value])
    }

    @Test func `a weight too large for fp16 is an error that names it`() throws {
        let weights = Weights(
            file: "x", tensors: ["c.weight": StoredTensor([1, 70_000], shape: [2, 1, 1, 1])])
        let error = #expect(throws: WeightsError.self) { try weights.converted(to: .fp16) }
        #expect(error == .tooLarge(tensor: "c.weight", value: 70_000))
    }
}
