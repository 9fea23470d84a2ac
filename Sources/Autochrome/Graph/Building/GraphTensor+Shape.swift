// Operations that move elements and compute none.
extension GraphTensor {
    /// The same elements, row-major, in another shape of as many.
    ///
    /// Of several free sizes, the last is what is left over, and each before it is the own size of
    /// the dimension at its place.
    package func reshaped(to shape: [Int]) throws(TensorError) -> GraphTensor {
        let operation = "reshaping to \(shape)"
        let isKnown = !self.shape.contains(Self.free)
        let given = shape.filter { $0 >= 0 }.reduce(1, *)
        var target = shape
        if let last = shape.lastIndex(of: Self.free) {
            for place in shape.indices where place < last && shape[place] < 0 {
                // 0 is the own size of that dimension to ONNX.
                target[place] = 0
                guard place < self.shape.count else {
                    throw .invalid(
                        operation: operation, shapes: [self.shape],
                        reason: "there is no dimension \(place) to take a size from")
                }
            }
        } else if isKnown, given != self.shape.reduce(1, *) {
            throw .invalid(
                operation: operation, shapes: [self.shape], reason: "the element count differs")
        }
        if let folded = constant?.reshaped(to: shape) { return GraphTensor(folded) }
        return try Graph.add(
            GraphNode("Reshape"), to: [self, GraphTensor(integers: target)], shape: shape,
            named: operation)
    }

    /// The matrix, or the last two dimensions, with rows and columns exchanged.
    package func transposed() throws(TensorError) -> GraphTensor {
        guard shape.count >= 2 else {
            throw .invalid(
                operation: "transposition", shapes: [shape], reason: "two dimensions are needed")
        }
        var order = Array(shape.indices)
        order.swapAt(order.count - 1, order.count - 2)
        return try permuted(to: order)
    }

    /// The dimensions in another order: dimension i of the result is dimension `order[i]` of this.
    package func permuted(to order: [Int]) throws(TensorError) -> GraphTensor {
        let operation = "dimensions in the order \(order)"
        guard order.sorted() == Array(shape.indices) else {
            throw .invalid(
                operation: operation, shapes: [shape], reason: "each must be named once")
        }
        if let folded = constant?.permuted(to: order) { return GraphTensor(folded) }
        return try Graph.add(
            GraphNode("Transpose", ["perm": .integers(order)]), to: [self],
            shape: order.map { shape[$0] }, named: operation)
    }

    /// The part of `dimension` that `range` covers.
    package func narrowed(
        dimension: Int, to range: Range<Int>
    ) throws(TensorError) -> GraphTensor {
        let operation = "dimension \(dimension), \(range)"
        let place = try index(of: dimension, operation)
        guard range.lowerBound >= 0, shape[place] < 0 || range.upperBound <= shape[place] else {
            throw .invalid(
                operation: operation, shapes: [shape], reason: "the dimension is shorter")
        }
        if let folded = constant?.narrowed(dimension: place, to: range) {
            return GraphTensor(folded)
        }
        var target = shape
        target[place] = range.count
        let bounds = [range.lowerBound, range.upperBound, place].map { GraphTensor(integers: [$0]) }
        return try Graph.add(
            GraphNode("Slice"), to: [self] + bounds, shape: target, type: type, named: operation)
    }

    /// `[N, C, H, W]` with zeros added around its rows and columns.
    package func padded(
        left: Int = 0, right: Int = 0, top: Int = 0, bottom: Int = 0
    ) throws(TensorError) -> GraphTensor {
        try require(rank: 4, "padding")
        guard min(left, right, top, bottom) >= 0 else {
            throw .invalid(
                operation: "padding", shapes: [shape], reason: "the padding is negative")
        }
        let amounts = GraphTensor(integers: [0, 0, top, left, 0, 0, bottom, right])
        let added = [0, 0, top + bottom, left + right]
        return try Graph.add(
            GraphNode("Pad", ["mode": .text("constant")]), to: [self, amounts],
            shape: zip(shape, added).map { $0 < 0 ? $0 : $0 + $1 }, named: "padding")
    }

    /// This and then `other` along `dimension`; all their other sizes agree.
    package func concatenated(
        with other: GraphTensor, along dimension: Int
    ) throws(TensorError) -> GraphTensor {
        let operation = "concatenation along dimension \(dimension)"
        let axis = try index(of: dimension, operation)
        let fits =
            shape.count == other.shape.count
            && shape.indices.allSatisfy { i in
                i == axis || shape[i] == other.shape[i] || shape[i] < 0 || other.shape[i] < 0
            }
        guard fits else {
            throw .invalid(
                operation: operation, shapes: [shape, other.shape], reason: "other sizes differ")
        }
        var target = zip(shape, other.shape).map { $0 < 0 ? $1 : $0 }
        let sizes = (shape[axis], other.shape[axis])
        target[axis] = min(sizes.0, sizes.1) < 0 ? Self.free : sizes.0 + sizes.1
        return try Graph.add(
            GraphNode("Concat", ["axis": .integer(axis)]), to: [self, other], shape: target,
            type: type, named: operation)
    }
}
