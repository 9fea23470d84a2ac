import Autochrome
import Foundation
import Testing

@Suite struct GraphErrorTests {
    @Test func `shapes that do not fit are an error while the graph is built`() throws {
        let graph = Graph()
        let x = graph.input("x", ["N", 3, "H", "W"])
        let y = graph.input("y", ["N", 4, "H", "W"])
        let error = try #require(throws: TensorError.self) { try x + y }
        #expect(error.description.hasPrefix("sum of [-1, 3, -1, -1] and [-1, 4, -1, -1] is not"))
        let wrong: [() throws -> GraphTensor] = [
            { try x.convolved(with: .weights(4, 2, 3, 3), bias: nil) },
            { try x.convolved(with: .weights(4, 3, 3, 3), bias: nil, stride: 0) },
            {
                try x.transposedConvolved(
                    with: .weights(2, 3, 3, 3), bias: nil, stride: 1, padding: 0)
            },
            { try x.matrixProduct(.weights(3)) },
            { try GraphTensor.weights(2, 3).matrixProduct(.weights(4, 5)) },
            { try x.narrowed(dimension: 1, to: 2..<4) },
            { try x.softmax(over: 4) },
            { try x.mean(over: [-5]) },
            { try x.permuted(to: [0, 1, 2, 2]) },
            { try x.padded(left: -1) },
            { try x.resized(height: 0, width: 3) },
            { try x.concatenated(with: y, along: 2) },
            { try x.layerNormalized(weight: .weights(3), bias: .weights(3), epsilon: 1e-5) },
            { try x.maxPooled(by: 0) },
            { try GraphTensor.weights(2, 3).reshaped(to: [7]) },
            { try GraphTensor.weights(3).transposed() },
            { try GraphTensor.values([1, 2], shape: [3]) },
            { try GraphTensor.distances(of: .weights(3)) },
            // Nothing of it is in a graph.
            { try GraphTensor.weights(3, 3).softmax() },
            { try x + Graph().input("z", [3, 1, 1]) },
        ]
        for body in wrong { #expect(throws: TensorError.self) { try body() } }
        let norm = try GraphTensor.weights(3)
        #expect(throws: TensorError.self) {
            try x.batchNormalized(
                weight: norm, bias: norm, runningMean: norm, runningVariance: norm, training: true,
                momentum: 0.1, epsilon: 1e-3)
        }
    }

    @Test func `an output is a result of the graph, of the shape that is said`() throws {
        let graph = Graph()
        let x = graph.input("x", ["N", 3])
        let result = try x * 2
        #expect(throws: TensorError.self) { try graph.serialized(GraphDescription(name: "none")) }
        #expect(throws: TensorError.self) { try graph.output("y", x, ["N", 3]) }
        #expect(throws: TensorError.self) { try graph.output("y", result, ["N", 4]) }
        #expect(throws: TensorError.self) { try graph.output("y", result, ["N"]) }
        #expect(throws: TensorError.self) { try Graph().output("y", result, ["N", 3]) }
        #expect(throws: TensorError.self) { try graph.output("y", result.mean(), []) }
        try graph.output("y", result, ["N", 3])
        #expect(throws: TensorError.self) { try graph.output("z", result, ["N", 3]) }
    }

    @Test func `what does not fit a compiled graph is a sentence, and the graph still runs`() throws
    {
        let operation = try #require(GraphOperation.all.first)
        let run = try GraphRunner(operation.model(), threads: 1)
        let three = try NumberArray([1, 2, 3], shape: [3])
        #expect(throws: TensorError.self) { try run([String: NumberArray]()) }
        let error = try #require(throws: TensorError.self) { try run(["x0": three, "x1": three]) }
        let text = error.description
        #expect(text.hasPrefix("giving x0 of shape [3] to a network is not possible: "), "\(text)")
        #expect(!text.contains("\n") && text.hasSuffix("."), "\(text)")
        // Sizes that only a run shows not to fit
        let values = try operation.values(["N": 1, "H": 2, "W": 3])
        let others = try operation.values(["N": 1, "H": 5, "W": 3])
        let mixed = ["x0": try #require(values["x0"]), "x1": try #require(others["x1"])]
        let late = try #require(throws: TensorError.self) { try run(mixed) }
        #expect(!late.description.contains("\n"), "\(late)")
        #expect(try run(values)["y"]?.shape == [1, 4, 2, 3])
    }

    @Test(arguments: [
        [], Array("no graph".utf8), [UInt8](repeating: 8, count: 100), Array("<?xml?><net/>".utf8),
    ])
    func `bytes that are no graph are refused in a sentence`(bytes: [UInt8]) throws {
        let error = try #require(throws: TensorError.self) { try GraphRunner(bytes) }
        guard case .refused = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.description.contains("\n"), "\(error)")
    }

    @Test func `a cut graph is refused or runs, and never crashes`() throws {
        let whole = try #require(GraphOperation.all.first { $0.name == "convolution" }).model()
        for length in stride(from: 0, to: whole.count, by: 37) {
            _ = try? GraphRunner(Array(whole[..<length]), threads: 1)
        }
    }

    @Test func `everything is given back, also after errors`() async {
        // In a process of its own: other tests run graphs at the same time.
        await #expect(processExitsWith: .success) {
            #expect(GraphRunner.liveCount == 0)
            for operation in GraphOperation.all.prefix(5) {
                let run = try GraphRunner(operation.model(), threads: 1)
                #expect(GraphRunner.liveCount > 0)
                for sizes in GraphOperation.sizes { _ = try run(operation.values(sizes)) }
                _ = try? run(["x0": try NumberArray([1], shape: [1])])
                _ = try? GraphRunner([1, 2, 3])
            }
            #expect(GraphRunner.liveCount == 0)
        }
    }
}
