import Autochrome
import Testing

@Suite struct GraphFoldingTests {
    @Test func `operations on constants give what libtorch gives, and leave no node`() throws {
        let pairs: [(GraphTensor, Tensor)] = [
            (try .weights(2, 3) + .weights(3), try .weights(2, 3) + .weights(3)),
            (try .weights(2, 1, 3) * .weights(4, 1), try .weights(2, 1, 3) * .weights(4, 1)),
            (try .weights(5) - .weights(1), try .weights(5) - .weights(1)),
            (try .weights(5) / .weights(5, 1), try .weights(5) / .weights(5, 1)),
            (
                try (GraphTensor.weights(7) * 2 + 3).squareRoot().logarithm(),
                try (Tensor.weights(7) * 2 + 3).squareRoot().logarithm()
            ),
            (
                try (GraphTensor.weights(50) * 9).relu6() - GraphTensor.weights(50).relu(),
                try (Tensor.weights(50) * 9).relu6() - Tensor.weights(50).relu()
            ),
            (
                try GraphTensor.weights(4, 5).matrixProduct(.weights(5, 3)),
                try Tensor.weights(4, 5).matrixProduct(.weights(5, 3))
            ),
            (
                try GraphTensor.weights(2, 3, 4).transposed(),
                try Tensor.weights(2, 3, 4).transposed()
            ),
            (
                try GraphTensor.weights(2, 3, 4).reshaped(to: [6, 4]).narrowed(
                    dimension: 0, to: 2..<5),
                try Tensor.weights(2, 3, 4).reshaped(to: [6, 4]).narrowed(dimension: 0, to: 2..<5)
            ),
            (
                try GraphTensor.weights(2, 3, 4).narrowed(dimension: 1, to: 1..<3),
                try Tensor.weights(2, 3, 4).narrowed(dimension: 1, to: 1..<3)
            ),
            (
                try GraphTensor.weights(2, 3, 4).sum(over: [0, 2]),
                try Tensor.weights(2, 3, 4).sum(over: [0, 2])
            ),
            (try GraphTensor.weights(2, 3).mean(), try Tensor.weights(2, 3).mean()),
        ]
        for (constant, tensor) in pairs {
            #expect(constant.shape == tensor.shape)
            // Rounding, of a few operations on numbers about 1.
            expectClose(try #require(constant.values), try tensor.floats(), within: 1e-5)
        }
    }

    @Test func `constants that only other constants need are not in the file`() throws {
        let table = try GraphTensor.weights(1000)
        let folded = try (table * table).sum().reshaped(to: [1])
        let graph = Graph()
        let x = graph.input("x", ["N", 1])
        try graph.output("y", x * folded, ["N", 1])
        // A node whose result goes nowhere
        _ = try x * table
        #expect(try graph.serialized(GraphDescription(name: "small")).count < 300)
    }

    @Test func `a constant that is used twice is in the file once`() throws {
        let table = try GraphTensor.weights(1000)
        let graph = Graph()
        let x = graph.input("x", ["N", 1000])
        try graph.output("y", x * table + table, ["N", 1000])
        #expect(try graph.serialized(GraphDescription(name: "table")).count < 5000)
    }
}
