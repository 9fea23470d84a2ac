extension Plane {
    /// The mean over the (2 radius + 1)^2 window around each sample; at the edges over what of
    /// the window lies inside.
    ///
    /// O(1) a sample: running sums along rows, then along columns.
    package func boxMean(radius: Int) -> Plane {
        transposedRowMeans(radius: radius).transposedRowMeans(radius: radius)
    }

    /// Means along the rows, with rows and columns exchanged.
    private func transposedRowMeans(radius: Int) -> Plane {
        var result = Plane(width: height, height: width)
        for y in 0..<height {
            var sum: Double = 0
            for x in 0..<min(radius, width) { sum += Double(self[x, y]) }
            for x in 0..<width {
                if x + radius < width { sum += Double(self[x + radius, y]) }
                if x - radius > 0 { sum -= Double(self[x - radius - 1, y]) }
                let count = min(x + radius, width - 1) - max(x - radius, 0) + 1
                result[y, x] = Float(sum / Double(count))
            }
        }
        return result
    }

    /// The row at a fractional position, interpolated between its neighbours; positions outside
    /// give the first or last row.
    func row(at position: Float) -> [Float] {
        let clamped = min(max(position, 0), Float(height - 1))
        let above = Int(clamped)
        let below = min(above + 1, height - 1)
        let share = clamped - Float(above)
        return (0..<width).map { x in
            self[x, above] + share * (self[x, below] - self[x, above])
        }
    }

    static func + (plane: Plane, constant: Float) -> Plane { plane.mapped { $0 + constant } }
    static func * (left: Plane, right: Plane) -> Plane { left.combined(with: right, by: *) }
    static func - (left: Plane, right: Plane) -> Plane { left.combined(with: right, by: -) }
    static func / (left: Plane, right: Plane) -> Plane { left.combined(with: right, by: /) }

    private func mapped(_ transform: (Float) -> Float) -> Plane {
        Plane(width: width, height: height, values: values.map(transform))
    }

    private func combined(with other: Plane, by operation: (Float, Float) -> Float) -> Plane {
        Plane(width: width, height: height, values: zip(values, other.values).map(operation))
    }
}
