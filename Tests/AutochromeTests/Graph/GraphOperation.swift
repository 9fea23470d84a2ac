import Autochrome
import Testing

/// An operation of graphs, and what is to come of it by another way.
struct GraphOperation: Sendable, CustomTestStringConvertible {
    let name: String
    /// The shapes of what it works on; N, H and W, and h and w for other sides, are free.
    let inputs: [[GraphSize]]
    let graph: @Sendable ([GraphTensor]) throws -> GraphTensor
    let expected: @Sendable ([NumberArray]) throws -> NumberArray

    var testDescription: String { name }

    /// An operation that libtorch has, too.
    init(
        _ name: String, _ inputs: [[GraphSize]],
        _ graph: @escaping @Sendable ([GraphTensor]) throws -> GraphTensor,
        torch: @escaping @Sendable ([Tensor]) throws -> Tensor
    ) {
        self.name = name
        self.inputs = inputs
        self.graph = graph
        expected = { arrays in
            let result = try torch(arrays.map { try Tensor.values($0.values, shape: $0.shape) })
            return try NumberArray(result.floats(), shape: result.shape)
        }
    }

    /// An operation of one array that is computed element by element.
    init(
        _ name: String, _ graph: @escaping @Sendable (GraphTensor) throws -> GraphTensor,
        each: @escaping @Sendable (Double) -> Double
    ) {
        self.name = name
        inputs = [["N", 3, "H", "W"]]
        self.graph = { try graph($0[0]) }
        expected = { arrays in
            try NumberArray(
                arrays[0].values.map { Float(each(Double($0))) }, shape: arrays[0].shape)
        }
    }

    init(
        _ name: String, _ inputs: [[GraphSize]],
        _ graph: @escaping @Sendable ([GraphTensor]) throws -> GraphTensor,
        expected: @escaping @Sendable ([NumberArray]) throws -> NumberArray
    ) {
        self.name = name
        self.inputs = inputs
        self.graph = graph
        self.expected = expected
    }

    /// Two ways to choose the free sizes.
    static let sizes = [
        ["N": 1, "H": 8, "W": 12, "h": 5, "w": 9], ["N": 2, "H": 7, "W": 5, "h": 14, "w": 3],
    ]

    /// The operation alone as an ONNX file, what comes out named `y`.
    func model() throws -> [UInt8] {
        let graph = Graph()
        let tensors = inputs.enumerated().map { graph.input("x\($0)", $1) }
        let result = try self.graph(tensors)
        let sizes = result.shape.enumerated().map { place, size in
            size < 0 ? GraphSize.free("size \(place)") : .fixed(size)
        }
        try graph.output("y", result, sizes)
        return try graph.serialized(GraphDescription(name: name))
    }

    /// Numbers between -1 and 1 for its inputs, by name; the same each time.
    func values(_ sizes: [String: Int]) throws -> [String: NumberArray] {
        var numbers = SimpleNumbers()
        var values: [String: NumberArray] = [:]
        for (place, input) in inputs.enumerated() {
            let shape = try input.map { size in
                switch size {
                case .fixed(let count): count
                case .free(let name): try #require(sizes[name])
                }
            }
            let count = shape.reduce(1, *)
            values["x\(place)"] = try NumberArray(
                (0..<count).map { _ in numbers.next() }, shape: shape)
        }
        return values
    }
}

/// Numbers between -1 and 1 that only look random (Knuth's MMIX generator).
struct SimpleNumbers {
    private var state: UInt64 = 1

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }
}

extension GraphTensor {
    /// A constant of such numbers.
    static func weights(_ shape: Int...) throws -> GraphTensor {
        try values(weightValues(shape), shape: shape)
    }
}

extension Tensor {
    /// The same as `GraphTensor.weights`.
    static func weights(_ shape: Int...) throws -> Tensor {
        try values(weightValues(shape), shape: shape)
    }
}

private func weightValues(_ shape: [Int]) -> [Float] {
    var numbers = SimpleNumbers()
    return (0..<shape.reduce(1, *)).map { _ in numbers.next() }
}

extension NumberArray {
    /// The element at a place of four dimensions.
    subscript(n: Int, c: Int, y: Int, x: Int) -> Float {
        values[((n * shape[1] + c) * shape[2] + y) * shape[3] + x]
    }

    /// An array with `body` of every place.
    init(shape: [Int], _ body: ([Int]) -> Float) throws {
        let values = (0..<shape.reduce(1, *)).map { index in
            var (rest, place) = (index, [Int]())
            for size in shape.reversed() {
                place.insert(rest % size, at: 0)
                rest /= size
            }
            return body(place)
        }
        try self.init(values, shape: shape)
    }
}
