// Means, sums and distributions over dimensions.
extension GraphTensor {
    /// The mean over `dimensions`, or over all when none is named; `keepingDimensions` leaves them
    /// in the shape with size 1.
    package func mean(
        over dimensions: [Int] = [], keepingDimensions: Bool = false
    ) throws(TensorError) -> GraphTensor {
        try reduced("ReduceMean", "mean", dimensions, keepingDimensions) {
            $0.reduce(0, +) / Float($0.count)
        }
    }

    /// The sum over `dimensions`, or over all when none is named.
    package func sum(
        over dimensions: [Int] = [], keepingDimensions: Bool = false
    ) throws(TensorError) -> GraphTensor {
        try reduced("ReduceSum", "sum", dimensions, keepingDimensions) { $0.reduce(0, +) }
    }

    /// The largest element over `dimensions`, or over all when none is named.
    package func maximum(
        over dimensions: [Int] = [], keepingDimensions: Bool = false
    ) throws(TensorError) -> GraphTensor {
        try reduced("ReduceMax", "maximum", dimensions, keepingDimensions) {
            $0.reduce(-.infinity, max)
        }
    }

    /// The average of every channel: `[N, C, H, W]` to `[N, C, 1, 1]`.
    package func globalAverage() throws(TensorError) -> GraphTensor {
        try mean(over: [2, 3], keepingDimensions: true)
    }

    /// Shares of the exponentials, which sum to 1 along `dimension` (the channels).
    package func softmax(over dimension: Int = 1) throws(TensorError) -> GraphTensor {
        try along(dimension, "Softmax", "softmax over dimension \(dimension)")
    }

    /// The logarithm of `softmax(over:)`, computed without passing through it.
    package func logSoftmax(over dimension: Int = 1) throws(TensorError) -> GraphTensor {
        try along(dimension, "LogSoftmax", "log-softmax over dimension \(dimension)")
    }

    private func along(
        _ dimension: Int, _ operation: String, _ name: String
    ) throws(TensorError) -> GraphTensor {
        let axis = try index(of: dimension, name)
        return try Graph.add(
            GraphNode(operation, ["axis": .integer(axis)]), to: [self], shape: shape, named: name)
    }

    private func reduced(
        _ operation: String, _ name: String, _ dimensions: [Int], _ keepingDimensions: Bool,
        _ body: ([Float]) -> Float
    ) throws(TensorError) -> GraphTensor {
        let name = "\(name) over \(dimensions)"
        var axes: [Int] = []
        for dimension in dimensions { axes.append(try index(of: dimension, name)) }
        if axes.isEmpty { axes = Array(shape.indices) }
        let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
        let left = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
        let target = keepingDimensions ? kept : left
        if let folded = constant?.reduced(over: axes, body)?.reshaped(to: target) {
            return GraphTensor(folded)
        }
        // ONNX made the dimensions of a sum an input long before those of the others.
        let isSum = operation == "ReduceSum"
        let keeps: GraphNode.Attribute = .integer(keepingDimensions ? 1 : 0)
        let node =
            isSum
            ? GraphNode(operation, ["keepdims": keeps])
            : GraphNode(operation, ["keepdims": keeps, "axes": .integers(axes)])
        return try Graph.add(
            node, to: isSum ? [self, GraphTensor(integers: axes)] : [self], shape: target,
            named: name)
    }
}
