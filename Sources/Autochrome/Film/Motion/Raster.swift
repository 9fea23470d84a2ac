/// A plane of floats with the few fast operations that motion needs.
struct Raster: Sendable {
    let width: Int
    let height: Int
    var values: [Float]

    init(width: Int, height: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.values = values
    }

    init(width: Int, height: Int) {
        self.init(width: width, height: height, values: .init(repeating: 0, count: width * height))
    }

    /// Means over 2 x 2; an odd last column or row is left out.
    func halved() -> Raster {
        var result = Raster(width: max(1, width / 2), height: max(1, height / 2))
        for y in 0..<result.height {
            let (above, below) = (min(2 * y, height - 1), min(2 * y + 1, height - 1))
            for x in 0..<result.width {
                let (left, right) = (min(2 * x, width - 1), min(2 * x + 1, width - 1))
                result.values[y * result.width + x] =
                    (values[above * width + left] + values[above * width + right]
                        + values[below * width + left] + values[below * width + right]) / 4
            }
        }
        return result
    }

    /// Interpolated at another size, the upper left corner on the upper left corner.
    ///
    /// - Parameter step: samples of this plane for one of the new one.
    func resized(toWidth newWidth: Int, height newHeight: Int, step: Float) -> Raster {
        var result = Raster(width: newWidth, height: newHeight)
        for y in 0..<newHeight {
            for x in 0..<newWidth {
                let tap = Tap(
                    (Float(x) + 0.5) * step - 0.5, (Float(y) + 0.5) * step - 0.5, width, height)
                result.values[y * newWidth + x] = tap.sample(values)
            }
        }
        return result
    }

    /// The mean over (2 radius + 1)^2, at the edges over what lies inside. O(1) a sample.
    func mean(radius: Int) -> Raster {
        var rows = Raster(width: width, height: height)
        values.withUnsafeBufferPointer { source in
            rows.values.withUnsafeMutableBufferPointer { target in
                for y in 0..<height {
                    Self.meanOfRow(
                        source.baseAddress! + y * width, target.baseAddress! + y * width,
                        count: width, radius: radius)
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
        var sum: Float = 0
        for x in 0..<min(radius, count) { sum += source[x] }
        for x in 0..<count {
            if x + radius < count { sum += source[x + radius] }
            if x - radius > 0 { sum -= source[x - radius - 1] }
            let inside = min(x + radius, count - 1) - max(x - radius, 0) + 1
            target[x] = sum / Float(inside)
        }
    }

    /// Down the columns, a row of sums at a time.
    private func meanOfColumns(radius: Int) -> Raster {
        var result = Raster(width: width, height: height)
        var sums = [Float](repeating: 0, count: width)
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { target in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<min(radius, height) {
                        for x in 0..<width { sums[x] += source[y * width + x] }
                    }
                    for y in 0..<height {
                        let (enters, leaves) = (y + radius, y - radius - 1)
                        if enters < height {
                            for x in 0..<width { sums[x] += source[enters * width + x] }
                        }
                        if leaves >= 0 {
                            for x in 0..<width { sums[x] -= source[leaves * width + x] }
                        }
                        let inside = min(y + radius, height - 1) - max(y - radius, 0) + 1
                        let scale = 1 / Float(inside)
                        for x in 0..<width { target[y * width + x] = scale * sums[x] }
                    }
                }
            }
        }
        return result
    }

    func combined(_ other: Raster, _ operation: (Float, Float) -> Float) -> Raster {
        var result = self
        for i in values.indices { result.values[i] = operation(values[i], other.values[i]) }
        return result
    }
}
