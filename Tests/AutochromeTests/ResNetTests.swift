import Autochrome
import Testing

/// The article's network beside PaddlePaddle 3.3.1, on weights that both compute by a formula.
@Suite struct ResNetTests {
    /// Uniform in -1..<1 by an integer hash, the same to the last bit in any language.
    ///
    /// A sine of the place would not do: it splits into two products, so that every layer has rank
    /// 2 and its sums cancel.
    static func noise(_ i: Int, k: Int) -> Double {
        var h = UInt32(truncatingIfNeeded: i) &+ UInt32(truncatingIfNeeded: k) &* 0x9E37_79B9
        h ^= h >> 16
        h = h &* 0x7FEB_352D
        h ^= h >> 15
        h = h &* 0x846C_A68B
        h ^= h >> 16
        return Double(h) / 2_147_483_648 - 1
    }

    /// The k-th tensor, in the order of names, scaled as its role asks.
    static func values(_ name: String, _ shape: [Int], k: Int, isNorm: Bool) -> [Float] {
        let count = shape.reduce(1, *)
        let outputs = shape.first ?? 1
        let noise = (0..<count).map { Self.noise($0, k: k) }
        switch (name.split(separator: ".").last, isNorm) {
        case ("running_mean", _), ("bias", true): return noise.map { Float(0.1 * $0) }
        case ("running_var", _): return noise.map { Float(1 + 0.5 * $0 * $0) }
        case ("weight", true): return noise.map { Float(1 + 0.1 * $0) }
        case ("bias", false): return noise.map { Float(0.02 * $0) }
        default:
            let scale = (Double(count) / Double(outputs)).squareRoot()
            return noise.map { Float($0 / scale) }
        }
    }

    static func tensors() throws -> [String: Tensor] {
        let shapes = try ResNet<Tensor>.parameterShapes(.lite0)
        var tensors: [String: Tensor] = [:]
        for (k, name) in shapes.keys.sorted().enumerated() {
            let layer = name.split(separator: ".").dropLast().joined(separator: ".")
            let isNorm = shapes["\(layer).running_mean"] != nil
            let shape = try #require(shapes[name])
            tensors[name] = try Tensor.values(
                values(name, shape, k: k, isNorm: isNorm), shape: shape)
        }
        return tensors
    }

    static func input(_ fixture: Weights) throws -> Tensor {
        let (values, shape) = try Fixture.tensor("input", in: fixture)
        return try Tensor.values(values, shape: shape)
    }

    @Test func `it has the article's number of parameters`() throws {
        let learned = try ResNet<Tensor>.parameterShapes(.lite0).filter {
            !$0.key.contains("running")
        }
        #expect(learned.values.map { $0.reduce(1, *) }.reduce(0, +) == 21_483_739)
    }

    @Test func `evaluation agrees with PaddlePaddle, folded or not`() throws {
        let fixture = try Weights(reading: try Fixture.path("resnet.safetensors"))
        let network = try ResNet<Tensor>(Self.tensors())
        let input = try Self.input(fixture)
        let expected = try Fixture.tensor("evaluation", in: fixture)
        let output = try network(.init(lightness: input), mode: .evaluation)
        #expect(output.shape == expected.shape)
        expectClose(try output.floats(), expected.values, within: 1e-4, relative: true)
        let folded = try network.folded()(.init(lightness: input), mode: .evaluation)
        expectClose(try folded.floats(), expected.values, within: 1e-4, relative: true)
    }

    @Test func `training mode agrees with PaddlePaddle, running statistics too`() throws {
        let fixture = try Weights(reading: try Fixture.path("resnet.safetensors"))
        let tensors = try Self.tensors()
        let network = try ResNet<Tensor>(tensors)
        let output = try network(.init(lightness: Self.input(fixture)), mode: .training)
        let expected = try Fixture.tensor("training", in: fixture)
        expectClose(try output.floats(), expected.values, within: 1e-4, relative: true)
        let statistics = fixture.tensors.keys.filter { $0.hasPrefix("training.") }
        #expect(statistics.count >= 2)
        for name in statistics {
            let tensor = try #require(tensors[String(name.dropFirst("training.".count))])
            let after = try Fixture.tensor(name, in: fixture).values
            expectClose(try tensor.floats(), after, within: 1e-4, relative: true)
        }
    }
}
