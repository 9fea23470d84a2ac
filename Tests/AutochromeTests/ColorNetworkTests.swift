import Autochrome
import Foundation
import Testing

@Suite struct ColorNetworkTests {
    static func plane(_ name: String) throws -> Plane {
        let golden = try Weights(reading: try Fixture.path("golden.safetensors"))
        let (values, shape) = try Fixture.tensor("\(name).lightness", in: golden)
        return Plane(width: shape[3], height: shape[2], values: values)
    }

    @Test func `a lightness plane becomes the golden a*b* planes`() async throws {
        let network = try ColorNetwork(
            reading: try Weights.standardFile(), on: .cpu, precision: .float32)
        let planes = try await network.ab(for: .init(lightness: Self.plane("noise")))
        let golden = try Weights(reading: try Fixture.path("golden.safetensors"))
        #expect(planes.a.width == 40 && planes.a.height == 24)
        expectClose(
            planes.a.values + planes.b.values,
            try Fixture.tensor("noise.two-sizes.ab", in: golden).values, within: 1e-3)
    }

    @Test func `a prediction is read out again without running the network`() async throws {
        let network = try ColorNetwork(
            reading: try Weights.standardFile(), on: .cpu, precision: .float32)
        let plane = try Self.plane("noise")
        let prediction = try await network.prediction(for: .init(lightness: plane))
        for vividness in [0, 1.0] {
            let later = try await network.ab(from: prediction, vividness: vividness)
            let direct = try await network.ab(for: .init(lightness: plane), vividness: vividness)
            #expect(later == direct)
        }
    }

    @Test func `many callers at once each get their own answer`() async throws {
        let network = try ColorNetwork(
            reading: try Weights.standardFile(), on: .cpu, precision: .float32)
        let plane = try Self.plane("noise")
        let expected = try await network.ab(for: .init(lightness: plane))
        try await withThrowingTaskGroup(of: ChromaPlanes.self) { group in
            for _ in 0..<8 { group.addTask { try await network.ab(for: .init(lightness: plane)) } }
            for try await planes in group { #expect(planes == expected) }
        }
    }

    @Test func `a plane of a wrong size is an error`() async throws {
        let network = try ColorNetwork(
            reading: try Weights.standardFile(), on: .cpu, precision: .float32)
        await #expect(throws: TensorError.self) {
            try await network.ab(for: .init(lightness: Plane(width: 2, height: 2)))
        }
    }

    @Test func `weights that are no numbers are an error, not black pictures`() async throws {
        let standard = try Weights(reading: try Weights.standardFile())
        try await Fixture.withFolder { folder in
            let path = folder + "/nan.safetensors"
            var weights = standard
            weights.tensors["color_bins"] = StoredTensor(
                [Float](repeating: .nan, count: 2 * 261), shape: [261, 2])
            weights.metadata["name"] = String(repeating: "x", count: 100_000)
            try weights.write(to: path)
            let network = try ColorNetwork(reading: path, on: .cpu, precision: .float32)
            #expect(network.modelName.count == 100)
            let error = await #expect(throws: TensorError.self) {
                try await network.ab(for: .init(lightness: Self.plane("noise")))
            }
            #expect(error?.description.contains("are not finite") == true)
        }
    }

    @Test func `it computes on a thread of its own`() async throws {
        let network = try ColorNetwork(
            reading: try Weights.standardFile(), on: .cpu, precision: .float32)
        let first = await network.threadIdentifier()
        for _ in 0..<20 {
            await Task.yield()
            #expect(await network.threadIdentifier() == first)
        }
    }
}

extension ColorNetwork {
    /// The thread the actor runs on.
    fileprivate func threadIdentifier() -> UInt {
        UInt(pthread_self())
    }
}
