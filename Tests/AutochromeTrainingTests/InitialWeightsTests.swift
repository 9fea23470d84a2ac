import Autochrome
import AutochromeTraining
import SystemPackage
import Testing

@Suite struct InitialWeightsTests {
    private static let stem = "encoder.stem.conv.weight"

    /// The supplied model's encoder, its stem spread over three channels, in a file.
    private static func encoder(in folder: Scratch) throws -> (file: String, whole: Weights) {
        let whole = try Weights(reading: try Weights.standardFile())
        var tensors = whole.tensors.filter { $0.key.hasPrefix("encoder.") }
        let stored = try #require(tensors[stem]).floats()
        // One channel after the other within an output: 1/2, 1/3 and 1/6 of what lightness has.
        let spread = stride(from: 0, to: stored.count, by: 9).flatMap { start in
            [2, 3, 6].flatMap { part in stored[start..<start + 9].map { $0 / part } }
        }
        tensors[stem] = StoredTensor(spread, shape: [32, 3, 3, 3])
        let file = folder.path("encoder.safetensors").string
        try Weights(file: file, tensors: tensors, metadata: [:]).write(to: file)
        return (file, whole)
    }

    @Test func `an encoder for colours begins as one for lightness, the rest at random`() throws {
        let folder = try Scratch()
        let (file, whole) = try Self.encoder(in: folder)
        let first = try InitialWeights.reading(file, for: .chroma, seed: 1)
        let second = try InitialWeights.reading(file, for: .chroma, seed: 2)
        #expect(Set(first.keys) == Set(whole.tensors.keys))
        for name in first.keys where name.hasPrefix("encoder.") && name != Self.stem {
            #expect(first[name]?.floats() == whole.tensors[name]?.floats(), "\(name)")
        }
        let expected = try #require(whole.tensors[Self.stem]).floats()
        let stem = try #require(first[Self.stem])
        #expect(stem.shape == [32, 1, 3, 3])
        for (value, wanted) in zip(stem.floats(), expected) {
            #expect(abs(value - wanted) <= 1e-6 * max(1, abs(wanted)))
        }
        #expect(first["head.weight"]?.floats() != second["head.weight"]?.floats())
    }

    @Test func `an encoder that is not whole is refused`() throws {
        let folder = try Scratch()
        let (file, _) = try Self.encoder(in: folder)
        var weights = try Weights(reading: file)
        weights.tensors["encoder.blocks.3.project.conv.weight"] = nil
        let cut = folder.path("cut.safetensors").string
        try weights.write(to: cut)
        #expect(throws: TrainingError.self) {
            try InitialWeights.reading(cut, for: .chroma, seed: 0)
        }
    }

    @Test func `an encoder whose stem sees lightness is named with both shapes, not as lacking`()
        throws
    {
        let standard = try Weights(reading: try Weights.standardFile())
        let stem = "encoder.stem.conv.weight"
        let found = try #require(standard.tensors[stem]).shape
        let expected = WeightsError.wrongShape(
            file: standard.file, tensor: stem, expected: [found[0], 3, found[2], found[3]],
            found: found)
        #expect(throws: expected) { try FeatureEncoder.tensorsForLightness(of: standard) }
    }
}
