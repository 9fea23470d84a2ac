extension Plane {
    /// The mean over the (2 radius + 1)^2 window around each sample; at the edges over what of
    /// the window lies inside.
    ///
    /// O(1) a sample: running sums along rows, then down the columns, a row of sums at a time.
    package func boxMean(radius: Int) -> Plane {
        var rows = Plane(width: width, height: height)
        values.withUnsafeBufferPointer { source in
            rows.values.withUnsafeMutableBufferPointer { target in
                guard let source = source.baseAddress, let target = target.baseAddress else {
                    return
                }
                for y in 0..<height {
                    Self.meanOfRow(
                        source + y * width, target + y * width, count: width, radius: radius)
                }
            }
        }
        return rows.meanOfColumns(radius: radius)
    }

    @inline(__always)
    private static func meanOfRow(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, count: Int,
        radius: Int
    ) {
        var sum: Double = 0
        for x in 0..<min(radius, count) { sum += Double(source[x]) }
        for x in 0..<count {
            if x + radius < count { sum += Double(source[x + radius]) }
            if x - radius > 0 { sum -= Double(source[x - radius - 1]) }
            target[x] = Float(sum / Self.inside(x, radius: radius, of: count))
        }
    }

    private func meanOfColumns(radius: Int) -> Plane {
        var result = Plane(width: width, height: height)
        var sums = [Double](repeating: 0, count: width)
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { target in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<min(radius, height) {
                        for x in 0..<width { sums[x] += Double(source[y * width + x]) }
                    }
                    for y in 0..<height {
                        let (enters, leaves) = (y + radius, y - radius - 1)
                        if enters < height {
                            for x in 0..<width { sums[x] += Double(source[enters * width + x]) }
                        }
                        if leaves >= 0 {
                            for x in 0..<width { sums[x] -= Double(source[leaves * width + x]) }
                        }
                        let share = 1 / Self.inside(y, radius: radius, of: height)
                        for x in 0..<width { target[y * width + x] = Float(sums[x] * share) }
                    }
                }
            }
        }
        return result
    }

    /// Number of the 2 radius + 1 places around one that lie in a line of `count`.
    @inline(__always)
    private static func inside(_ place: Int, radius: Int, of count: Int) -> Double {
        Double(min(place + radius, count - 1) - max(place - radius, 0) + 1)
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

    /// Each value transformed.
    @inline(__always)
    func mapped(_ transform: (Float) -> Float) -> Plane {
        var result = self
        for i in values.indices { result.values[i] = transform(values[i]) }
        return result
    }

    @inline(__always)
    private func combined(with other: Plane, by operation: (Float, Float) -> Float) -> Plane {
        var result = self
        for i in values.indices { result.values[i] = operation(values[i], other.values[i]) }
        return result
    }
}
