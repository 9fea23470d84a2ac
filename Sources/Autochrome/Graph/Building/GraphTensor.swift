/// A value in a graph under construction, or a constant that has not entered one yet.
///
/// Its operations are those of `Tensor`, under the same names. Sizes that each run may choose are
/// -1 in its shape. Operations on constants alone are computed at once and leave no node.
package struct GraphTensor {
    /// A size in a shape that each run may choose.
    package static let free = -1

    let operand: GraphOperand
    /// Nil for a constant.
    let graph: Graph?
    /// The size of every dimension, -1 for a free one.
    package let shape: [Int]
    let type: GraphElement

    init(operand: GraphOperand, graph: Graph?, shape: [Int], type: GraphElement) {
        self.operand = operand
        self.graph = graph
        self.shape = shape
        self.type = type
    }

    init(_ constant: GraphConstant) {
        let type: GraphElement = constant.numbers == nil ? .int64 : .float32
        self.init(operand: .constant(constant), graph: nil, shape: constant.shape, type: type)
    }

    /// A list of whole numbers.
    init(integers: [Int]) {
        self.init(GraphConstant(integers: integers))
    }

    /// One whole number, without dimension.
    init(integer: Int) {
        self.init(GraphConstant(integers: [integer], shape: []))
    }

    /// A constant with these values, row-major.
    ///
    /// - Throws: `TensorError.invalid` unless `shape` takes as many values as there are.
    package static func values(
        _ values: [Float], shape: [Int]
    ) throws(TensorError) -> GraphTensor {
        guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
            throw .invalid(
                operation: "a tensor of shape \(shape)", shapes: [],
                reason: "\(values.count) values are given")
        }
        return GraphTensor(GraphConstant(values, shape: shape))
    }

    /// The values of a constant, row-major; nil for what only a run computes.
    package var values: [Float]? { constant?.numbers }

    var constant: GraphConstant? {
        if case .constant(let constant) = operand { constant } else { nil }
    }

    /// The size of `dimension`, which may be counted from the end by negative numbers.
    ///
    /// - Throws: `TensorError.invalid` where there is no such dimension.
    func index(of dimension: Int, _ operation: String) throws(TensorError) -> Int {
        let index = dimension < 0 ? dimension + shape.count : dimension
        guard shape.indices.contains(index) else {
            throw .invalid(
                operation: operation, shapes: [shape], reason: "there is no dimension \(dimension)")
        }
        return index
    }

    /// - Throws: `TensorError.invalid` unless the shape has `count` dimensions.
    func require(rank count: Int, _ operation: String) throws(TensorError) {
        guard shape.count == count else {
            throw .invalid(
                operation: operation, shapes: [shape], reason: "\(count) dimensions are needed")
        }
    }
}
