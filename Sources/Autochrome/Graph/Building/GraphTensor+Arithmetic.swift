#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// Elementwise arithmetic; shapes are broadcast as everywhere in the field: from the last dimension
// backwards, a size of 1 stretches.
extension GraphTensor {
    /// The sum, element by element.
    package static func + (a: GraphTensor, b: GraphTensor) throws(TensorError) -> GraphTensor {
        try a.combined(with: b, "Add", "sum", +)
    }

    /// The difference, element by element.
    package static func - (a: GraphTensor, b: GraphTensor) throws(TensorError) -> GraphTensor {
        try a.combined(with: b, "Sub", "difference", -)
    }

    /// The product, element by element.
    package static func * (a: GraphTensor, b: GraphTensor) throws(TensorError) -> GraphTensor {
        try a.combined(with: b, "Mul", "product", *)
    }

    /// The quotient, element by element.
    package static func / (a: GraphTensor, b: GraphTensor) throws(TensorError) -> GraphTensor {
        try a.combined(with: b, "Div", "quotient", /)
    }

    /// The sum of each element and `b`.
    package static func + (a: GraphTensor, b: Double) throws(TensorError) -> GraphTensor {
        try a.scaled(by: 1, plus: b)
    }

    /// The difference of each element and `b`.
    package static func - (a: GraphTensor, b: Double) throws(TensorError) -> GraphTensor {
        try a.scaled(by: 1, plus: -b)
    }

    /// The product of each element and `b`.
    package static func * (a: GraphTensor, b: Double) throws(TensorError) -> GraphTensor {
        try a.scaled(by: b, plus: 0)
    }

    /// The quotient of each element and `b`.
    package static func / (a: GraphTensor, b: Double) throws(TensorError) -> GraphTensor {
        try a.scaled(by: 1 / b, plus: 0)
    }

    /// Every element times `factor`, plus `addend`.
    package func scaled(
        by factor: Double, plus addend: Double
    ) throws(TensorError) -> GraphTensor {
        let multiplied = factor == 1 ? self : try self * Self.number(factor)
        return addend == 0 ? multiplied : try multiplied + Self.number(addend)
    }

    /// The square root of every element.
    package func squareRoot() throws(TensorError) -> GraphTensor {
        try mapped("Sqrt", "square root") { $0.squareRoot() }
    }

    /// The natural logarithm of every element.
    package func logarithm() throws(TensorError) -> GraphTensor {
        try mapped("Log", "logarithm") { Float(log(Double($0))) }
    }

    /// 1 where an element is greater than 0, else 0.
    package func isPositive() throws(TensorError) -> GraphTensor {
        if let folded = constant?.map({ $0 > 0 ? 1 : 0 }) { return GraphTensor(folded) }
        return try Graph.add(
            GraphNode("Greater"), to: [self, Self.number(0)], shape: shape, named: "comparison"
        ).converted(to: .float32)
    }

    /// The matrix product `[..., m, k]` x `[..., k, n]`, `[..., m, n]`.
    package func matrixProduct(_ other: GraphTensor) throws(TensorError) -> GraphTensor {
        let (a, b) = (shape, other.shape)
        let inner = a.count < 2 || b.count < 2 ? nil : (a[a.count - 1], b[b.count - 2])
        guard let inner, inner.0 == inner.1 || inner.0 < 0 || inner.1 < 0 else {
            throw .invalid(
                operation: "matrix product", shapes: [a, b],
                reason: "the first must have as many columns as the second has rows")
        }
        if let folded = other.constant.flatMap({ constant?.matrixProduct($0) }) {
            return GraphTensor(folded)
        }
        let outer = try Self.broadcast(a.dropLast(2), b.dropLast(2), "matrix product")
        return try Graph.add(
            GraphNode("MatMul"), to: [self, other],
            shape: outer + [a[a.count - 2], b[b.count - 1]], named: "matrix product")
    }

    /// One number, without dimensions, so that no shape is stretched by it.
    static func number(_ value: Double) -> GraphTensor {
        GraphTensor(GraphConstant([Float(value)], shape: []))
    }

    /// The same values in another type.
    func converted(to type: GraphElement) throws(TensorError) -> GraphTensor {
        try Graph.add(
            GraphNode("Cast", ["to": .integer(type.onnxCode)]), to: [self], shape: shape,
            type: type, named: "conversion")
    }

    /// The elementwise operation that ONNX names `operation`; `body` is what it does.
    func mapped(
        _ operation: String, _ name: String, _ body: (Float) -> Float
    ) throws(TensorError) -> GraphTensor {
        if let folded = constant?.map(body) { return GraphTensor(folded) }
        return try Graph.add(GraphNode(operation), to: [self], shape: shape, named: name)
    }

    private func combined(
        with other: GraphTensor, _ operation: String, _ name: String,
        _ body: (Float, Float) -> Float
    ) throws(TensorError) -> GraphTensor {
        let target = try Self.broadcast(shape, other.shape, name)
        if let folded = other.constant.flatMap({ constant?.combined(with: $0, in: target, body) }) {
            return GraphTensor(folded)
        }
        return try Graph.add(
            GraphNode(operation), to: [self, other], shape: target, type: type, named: name)
    }

    /// The shape that both stretch to.
    private static func broadcast(
        _ a: some BidirectionalCollection<Int>, _ b: some BidirectionalCollection<Int>,
        _ name: String
    ) throws(TensorError) -> [Int] {
        let rank = max(a.count, b.count)
        let longA = Array(repeating: 1, count: rank - a.count) + a
        let longB = Array(repeating: 1, count: rank - b.count) + b
        var target: [Int] = []
        for (a, b) in zip(longA, longB) {
            guard a == b || a == 1 || b == 1 || a == free || b == free else {
                throw .invalid(
                    operation: name, shapes: [longA, longB], reason: "\(a) and \(b) do not fit")
            }
            // A free size may turn out to be 1 or the other.
            target.append(a == 1 || (a == free && b > 1) ? b : a)
        }
        return target
    }
}
