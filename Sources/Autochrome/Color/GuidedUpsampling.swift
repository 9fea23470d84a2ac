/// Brings a*b* predicted at low resolution to full size, led by the lightness.
///
/// The fast guided filter (He and Sun, "Fast Guided Filter", arXiv:1505.00996): in every window
/// of (2 radius + 1)^2 samples a* and b* are fitted as a straight line of L*,
///
/// ```
/// slope     = cov(L*, q) / (var(L*) + epsilon)
/// intercept = mean(q) - slope mean(L*)
/// ```
///
/// slopes and intercepts are averaged over the windows that hold a sample, and they, not the
/// colours, are interpolated to full size, where q = slope L* + intercept with the full L*.
package struct GuidedUpsampling: Sendable {
    /// The window's radius, in samples of the low resolution.
    package static let radius = 2

    /// Regularization added to the variance of L*: detail below 2 units of L* does not move colour.
    package static let epsilon: Float = 4

    private static let lanes = Lab.Vector(0, 1, 2, 3, 4, 5, 6, 7)

    /// Slope and intercept of a*, then of b*.
    let coefficients: [Plane]

    /// Pixels of the full size for one sample of the low one, across and down.
    let scaleX: Float
    let scaleY: Float

    /// - Parameters:
    ///   - lightness: L* at the resolution of the colours.
    ///   - a: a* there.
    ///   - b: b* there.
    ///   - scaleX: full-size pixels for one sample across; the first sample's left edge lies at
    ///     the photograph's left edge.
    ///   - scaleY: the same down.
    package init(lightness: Plane, a: Plane, b: Plane, scaleX: Float, scaleY: Float) {
        let mean = lightness.boxMean(radius: Self.radius)
        let square = (lightness * lightness).boxMean(radius: Self.radius)
        let variance = square - mean * mean
        coefficients = [a, b].flatMap { color in
            let colorMean = color.boxMean(radius: Self.radius)
            let covariance = (lightness * color).boxMean(radius: Self.radius) - mean * colorMean
            let slope = covariance / (variance + Self.epsilon)
            let intercept = colorMean - slope * mean
            return [slope.boxMean(radius: Self.radius), intercept.boxMean(radius: Self.radius)]
        }
        self.scaleX = scaleX
        self.scaleY = scaleY
    }

    /// Fills `row` with the four coefficients of a stretch of the full-size row `y`.
    ///
    /// - Parameters:
    ///   - row: four stretches of `stride` values: slope and intercept of a*, of b*.
    ///   - stride: at least the columns wanted and one vector more, since whole vectors are
    ///     written.
    ///   - columns: the full-size columns wanted.
    func fill(
        _ row: UnsafeMutableBufferPointer<Float>, stride: Int, y: Int, columns: Range<Int>
    ) {
        let position = (Float(y) + 0.5) / scaleY - 0.5
        for (index, plane) in coefficients.enumerated() {
            let start = index * stride
            interpolate(
                plane.row(at: position), columns: columns,
                into: UnsafeMutableBufferPointer(rebasing: row[start..<start + stride]))
        }
    }

    /// Interpolates a line of samples, stretch by stretch between two of them: along each the
    /// value changes by a constant step.
    private func interpolate(
        _ line: [Float], columns: Range<Int>, into target: UnsafeMutableBufferPointer<Float>
    ) {
        var x = columns.lowerBound
        var sample = Int(((Float(x) + 0.5) / scaleX - 0.5).rounded(.down))
        while x < columns.upperBound {
            let left = line[min(max(sample, 0), line.count - 1)]
            let right = line[min(max(sample + 1, 0), line.count - 1)]
            let step = (right - left) / scaleX
            let start = (Float(sample) + 0.5) * scaleX - 0.5
            let next = Int((start + scaleX).rounded(.up))
            let isLast = sample + 1 >= line.count
            let end = isLast ? columns.upperBound : min(columns.upperBound, max(x, next))
            let line = UnsafeMutableRawPointer(target.baseAddress! + (x - columns.lowerBound))
            // What the last vector writes too far, the next stretch writes again.
            for i in stride(from: 0, to: end - x, by: Lab.Vector.scalarCount) {
                let column = Float(x + i) + Self.lanes
                line.storeBytes(
                    of: left + step * (column - start),
                    toByteOffset: i * MemoryLayout<Float>.stride, as: Lab.Vector.self)
            }
            x = end
            sample += 1
        }
    }
}
