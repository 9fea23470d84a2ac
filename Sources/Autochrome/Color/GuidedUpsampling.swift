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

    /// What is added to the variance of L*: detail below 2 units of L* does not move colour.
    package static let epsilon: Float = 4

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

    /// Fills `row` with the four coefficients of every pixel of the full-size row `y`.
    ///
    /// - Parameter row: four stretches of `stride` values: slope and intercept of a*, of b*.
    func fill(_ row: UnsafeMutableBufferPointer<Float>, stride: Int, y: Int, width: Int) {
        let position = (Float(y) + 0.5) / scaleY - 0.5
        for (index, plane) in coefficients.enumerated() {
            let line = plane.row(at: position)
            let target = UnsafeMutableBufferPointer(rebasing: row[index * stride..<(index + 1) * stride])
            interpolate(line, into: target, width: width)
        }
    }

    /// Interpolates a line of samples to `width` pixels, stretch by stretch between two samples,
    /// along each of which the value changes by a constant step.
    private func interpolate(
        _ line: [Float], into target: UnsafeMutableBufferPointer<Float>, width: Int
    ) {
        var x = 0
        var sample = -1
        while x < width {
            let left = line[min(max(sample, 0), line.count - 1)]
            let right = line[min(max(sample + 1, 0), line.count - 1)]
            let step = (right - left) / scaleX
            let start = (Float(sample) + 0.5) * scaleX - 0.5
            let last = sample + 1 >= line.count
            let end = last ? width : min(width, max(x, Int((start + scaleX).rounded(.up))))
            for column in x..<end { target[column] = left + step * (Float(column) - start) }
            x = end
            sample += 1
        }
    }
}
