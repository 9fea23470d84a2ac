// Operations whose result depends on sizes that only a run knows.
extension GraphTensor {
    /// `[N, C, H, W]` resized bilinearly to `[N, C, height, width]`, corners not aligned: pixel
    /// centres are at half-integers, and nothing is averaged when shrinking.
    package func resized(height: Int, width: Int) throws(TensorError) -> GraphTensor {
        let operation = "resizing to \(height) x \(width)"
        guard height > 0, width > 0 else {
            throw .invalid(operation: operation, shapes: [shape], reason: "a side is 0")
        }
        return try resized(
            to: GraphTensor(integers: [height, width]), sides: [height, width], operation)
    }

    /// The same to height and width of `other`, `[..., H, W]`.
    package func resized(like other: GraphTensor) throws(TensorError) -> GraphTensor {
        let operation = "resizing to the size of another"
        return try resized(
            to: other.sizes(other.shape.count - 2..<other.shape.count, operation),
            sides: Array(other.shape.suffix(2)), operation)
    }

    /// `[N, C, H, W]` resized bilinearly, both sides by the same ratio, each to the nearest multiple
    /// above 0.
    package func resized(
        by numerator: Int, over denominator: Int, toMultiplesOf multiple: Int
    ) throws(TensorError) -> GraphTensor {
        let operation = "resizing by \(numerator) / \(denominator)"
        try require(rank: 4, operation)
        func whole(_ number: Int) -> GraphTensor { GraphTensor(integers: [number]) }
        let sides = try askedSizes(2..<4, operation)
        let count =
            try (sides * whole(numerator) / whole(denominator) + whole(multiple / 2))
            / whole(multiple)
        let target = try Graph.add(
            GraphNode("Max"), to: [count * whole(multiple), whole(multiple)], shape: [2],
            type: .int64, named: operation)
        return try resized(to: target, sides: [Self.free, Self.free], operation)
    }

    private func resized(
        to sides: GraphTensor, sides shape: [Int], _ operation: String
    ) throws(TensorError) -> GraphTensor {
        try require(rank: 4, operation)
        let sizes = try self.sizes(0..<2, operation).joined(with: sides)
        let node = GraphNode(
            "Resize",
            ["mode": .text("linear"), "coordinate_transformation_mode": .text("half_pixel")])
        return try Graph.add(
            node, to: [self, nil, nil, sizes], shape: self.shape[..<2] + shape, named: operation)
    }

    /// The last two dimensions as one, row-major: `[..., H, W]` to `[..., H * W]`.
    package func flattened() throws(TensorError) -> GraphTensor {
        guard shape.count >= 2 else {
            throw .invalid(
                operation: "flattening", shapes: [shape], reason: "two dimensions are needed")
        }
        let sides = shape.suffix(2)
        let places = sides.contains(Self.free) ? Self.free : sides.reduce(1, *)
        let target = shape.dropLast(2) + [places]
        if let folded = constant?.reshaped(to: Array(target)) { return GraphTensor(folded) }
        // 0 is the own size of that dimension to ONNX.
        let sizes = Array(repeating: 0, count: shape.count - 2) + [-1]
        return try Graph.add(
            GraphNode("Reshape"), to: [self, GraphTensor(integers: sizes)], shape: Array(target),
            named: "flattening")
    }

    /// The last dimension as the last two of `other`, row-major: `[..., H * W]` to `[..., H, W]`.
    package func unflattened(like other: GraphTensor) throws(TensorError) -> GraphTensor {
        let operation = "unflattening"
        guard !shape.isEmpty else {
            throw .invalid(operation: operation, shapes: [shape], reason: "a dimension is needed")
        }
        let sides = try other.sizes(other.shape.count - 2..<other.shape.count, operation)
        let kept = GraphTensor(integers: Array(repeating: 0, count: shape.count - 1))
        return try Graph.add(
            GraphNode("Reshape"), to: [self, kept.joined(with: sides)],
            shape: shape.dropLast() + other.shape.suffix(2), named: operation)
    }

    /// The Euclidean distances between all places of `map`, `[N, C, H, W]`, in places:
    /// `[H * W, H * W]`, row-major both.
    package static func distances(of map: GraphTensor) throws(TensorError) -> GraphTensor {
        let operation = "distances between places"
        try map.require(rank: 4, operation)
        let sides = map.shape.suffix(2)
        let count = sides.contains(free) ? free : sides.reduce(1, *)
        let width = try map.askedSizes(3..<4, operation)
        let height = try map.askedSizes(2..<3, operation)
        let end = try (width * height).withoutDimensions()
        let places = try Graph.add(
            GraphNode("Range"), to: [GraphTensor(integer: 0), end, GraphTensor(integer: 1)],
            shape: [count], type: .int64, named: operation)
        let row = try (places / width).converted(to: .float32)
        let column = try Graph.add(
            GraphNode("Mod"), to: [places, width], shape: [count], type: .int64, named: operation
        ).converted(to: .float32)
        return try (row.squaredDifferences() + column.squaredDifferences()).squareRoot()
    }

    /// Of `[L]` all (a - b)^2, `[L, L]`.
    private func squaredDifferences() throws(TensorError) -> GraphTensor {
        let difference = try reshaped(to: [shape[0], 1]) - reshaped(to: [1, shape[0]])
        return try difference * difference
    }

    /// The sizes of some dimensions, as whole numbers: constant where they are known.
    func sizes(_ dimensions: Range<Int>, _ operation: String) throws(TensorError) -> GraphTensor {
        guard dimensions.lowerBound >= 0, dimensions.upperBound <= shape.count else {
            throw .invalid(
                operation: operation, shapes: [shape], reason: "it has too few dimensions")
        }
        let known = Array(shape[dimensions])
        return known.contains(Self.free)
            ? try askedSizes(dimensions, operation) : GraphTensor(integers: known)
    }

    /// The sizes of some dimensions, asked for at each run.
    private func askedSizes(
        _ dimensions: Range<Int>, _ operation: String
    ) throws(TensorError) -> GraphTensor {
        let node = GraphNode(
            "Shape",
            ["start": .integer(dimensions.lowerBound), "end": .integer(dimensions.upperBound)])
        return try Graph.add(
            node, to: [self], shape: [dimensions.count], type: .int64, named: operation)
    }

    /// These whole numbers and then those of `other`.
    private func joined(with other: GraphTensor) throws(TensorError) -> GraphTensor {
        guard let a = constant?.integers, let b = other.constant?.integers else {
            return try concatenated(with: other, along: 0)
        }
        return GraphTensor(integers: a + b)
    }

    /// A list of one as a number without dimension.
    private func withoutDimensions() throws(TensorError) -> GraphTensor {
        try Graph.add(
            GraphNode("Squeeze"), to: [self, GraphTensor(integers: [0])], shape: [], type: type,
            named: "a number")
    }
}
