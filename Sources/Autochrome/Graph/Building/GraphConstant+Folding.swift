// What is computed while a graph is built, so that batch norms and tables leave no nodes.
extension GraphConstant {
    /// `body` of every element.
    func map(_ body: (Float) -> Float) -> GraphConstant? {
        numbers.map { GraphConstant($0.map(body), shape: shape) }
    }

    /// `body` of every pair of elements, both stretched to `target`.
    func combined(
        with other: GraphConstant, in target: [Int], _ body: (Float, Float) -> Float
    ) -> GraphConstant? {
        guard let a = numbers, let b = other.numbers else { return nil }
        let (sizes, steps) = Strides.merged(
            target, Strides(shape, stretchedTo: target), Strides(other.shape, stretchedTo: target))
        let outer = Array(sizes.dropLast())
        let starts = zip(
            Strides(steps: steps.0.dropLast()).places(in: outer),
            Strides(steps: steps.1.dropLast()).places(in: outer))
        let (stepA, stepB) = (steps.0.last ?? 0, steps.1.last ?? 0)
        var values: [Float] = []
        values.reserveCapacity(target.reduce(1, *))
        for (startA, startB) in starts {
            for i in 0..<(sizes.last ?? 1) {
                values.append(body(a[startA + i * stepA], b[startB + i * stepB]))
            }
        }
        return GraphConstant(values, shape: target)
    }

    /// The same elements in another shape of as many.
    func reshaped(to target: [Int]) -> GraphConstant? {
        numbers.map { GraphConstant($0, shape: target) }
    }

    /// Dimension i of the result is dimension `order[i]`.
    func permuted(to order: [Int]) -> GraphConstant? {
        let steps = Strides(shape).steps
        return gathered(
            Strides(steps: order.map { steps[$0] }), shape: order.map { shape[$0] })
    }

    /// The part of `dimension` that `range` covers.
    func narrowed(dimension: Int, to range: Range<Int>) -> GraphConstant? {
        var target = shape
        target[dimension] = range.count
        let strides = Strides(shape)
        return gathered(
            strides, shape: target, from: range.lowerBound * strides.steps[dimension])
    }

    private func gathered(
        _ strides: Strides, shape target: [Int], from start: Int = 0
    ) -> GraphConstant? {
        numbers.map { numbers in
            GraphConstant(
                strides.places(in: target, from: start).map { numbers[$0] }, shape: target)
        }
    }

    /// Over each run of elements along `dimensions`, the result of `body`; they keep size 1.
    func reduced(over dimensions: [Int], _ body: ([Float]) -> Float) -> GraphConstant? {
        guard let numbers else { return nil }
        let steps = Strides(shape).steps
        let within = Strides(steps: dimensions.map { steps[$0] })
            .places(in: dimensions.map { shape[$0] })
        let target = shape.indices.map { dimensions.contains($0) ? 1 : shape[$0] }
        let values = Strides(steps: steps).places(in: target).map { start in
            body(within.map { numbers[start + $0] })
        }
        return GraphConstant(values, shape: target)
    }

    /// The matrix product, of two matrices alone.
    func matrixProduct(_ other: GraphConstant) -> GraphConstant? {
        guard let a = numbers, let b = other.numbers, shape.count == 2, other.shape.count == 2
        else { return nil }
        let (rows, inner, columns) = (shape[0], shape[1], other.shape[1])
        var product = [Float](repeating: 0, count: rows * columns)
        for row in 0..<rows {
            for k in 0..<inner {
                for column in 0..<columns {
                    product[row * columns + column] += a[row * inner + k] * b[k * columns + column]
                }
            }
        }
        return GraphConstant(product, shape: [rows, columns])
    }
}
