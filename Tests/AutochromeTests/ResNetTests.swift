import Autochrome
import Foundation
import Testing

/// The article's network beside PaddlePaddle 3.3.1, on weights that both compute by a formula.
@Suite struct ResNetTests {
    /// The k-th tensor, in the order of names: a sine of the element's place, at a scale that keeps
    /// activations in range.
    static func values(_ name: String, _ shape: [Int], k: Int, isNorm: Bool) -> [Float] {
        let count = shape.reduce(1, *)
        let fanIn = count / max(shape.first ?? 1, 1)
        return (0..<count).map { i in
            let wave = sin(0.7 * Double(i) + 0.3 * Double(k) + 0.1)
            let kind = name.split(separator: ".").last ?? ""
            let value =
                switch (kind, isNorm) {
                case ("weight", false): wave / Double(fanIn).squareRoot()
                case ("bias", false): 0.02 * wave
                case ("weight", true): 1 + 0.1 * wave
                case ("running_var", _): 1 + 0.5 * wave * wave
                default: 0.1 * wave
                }
            return Float(value)
        }
    }

    static func tensors() throws -> [String: Tensor] {
        let shapes = try ResNet.parameterShapes()
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
        let learned = try ResNet.parameterShapes().filter { !$0.key.contains("running") }
        #expect(learned.values.map { $0.reduce(1, *) }.reduce(0, +) == 21_483_739)
    }

    @Test func `evaluation agrees with PaddlePaddle, folded or not`() throws {
        let fixture = try Weights(reading: try Fixture.path("resnet.safetensors"))
        let network = try ResNet(Parameters(Self.tensors()))
        let input = try Self.input(fixture)
        let expected = try Fixture.tensor("evaluation", in: fixture)
        let output = try network(input, mode: .evaluation)
        #expect(output.shape == expected.shape)
        expectClose(try output.floats(), expected.values, within: 1e-4, relative: true)
        let folded = try network.folded()(input, mode: .evaluation)
        expectClose(try folded.floats(), expected.values, within: 1e-4, relative: true)
    }

    @Test func `training mode agrees with PaddlePaddle, running statistics too`() throws {
        let fixture = try Weights(reading: try Fixture.path("resnet.safetensors"))
        let tensors = try Self.tensors()
        let network = try ResNet(Parameters(tensors))
        let output = try network(Self.input(fixture), mode: .training)
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
