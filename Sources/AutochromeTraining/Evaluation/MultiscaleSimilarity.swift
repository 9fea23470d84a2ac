package import Autochrome

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// MS-SSIM (Wang, Simoncelli and Bovik, "Multi-scale structural similarity for image quality
/// assessment", 2003) of a* and b*: Gaussian windows of 11 x 11 with sigma 1.5 that lie inside,
/// K1 = 0.01, K2 = 0.03, five scales, each half as large as the one before by the mean of 2 x 2.
///
/// a* and b* count as codes around 128 with a range of 255, and the figure is the mean of both. A
/// picture too small for five scales has as many as fit, and their exponents sum to 1.
package enum MultiscaleSimilarity {
    /// Pixels a side of a window, and so the least a picture must have.
    package static let window = 11

    /// The paper's exponents, which sum to 1.
    private static let exponents = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

    /// The similarity of two pictures' colours, 0...1.
    ///
    /// - Parameters:
    ///   - first: a* and b* of one picture.
    ///   - second: the other's, of the same size.
    package static func ofChroma(_ first: [Plane], _ second: [Plane]) -> Double {
        zip(first, second).reduce(0) { $0 + of($1.0, $1.1) } / Double(first.count)
    }

    private static func of(_ first: Plane, _ second: Plane) -> Double {
        let side = min(first.width, first.height)
        let scales = exponents.indices.filter { side >> $0 >= window }.count
        let total = exponents.prefix(scales).reduce(0, +)
        var (one, other, product) = (first, second, 1.0)
        for scale in 0..<scales {
            let found = SimilarityWindows(one, other).means
            let isLast = scale == scales - 1
            product *= pow(max(0, isLast ? found.whole : found.structure), exponents[scale] / total)
            if !isLast { (one, other) = (one.halved, other.halved) }
        }
        return product
    }
}

extension Plane {
    /// The mean over blocks of 2 x 2; a last odd row or column is left out.
    fileprivate var halved: Plane {
        var result = Plane(width: width / 2, height: height / 2)
        for y in 0..<result.height {
            let (upper, lower) = (2 * y * width, (2 * y + 1) * width)
            for x in 0..<result.width {
                let sum =
                    values[upper + 2 * x] + values[upper + 2 * x + 1] + values[lower + 2 * x]
                    + values[lower + 2 * x + 1]
                result.values[y * result.width + x] = sum / 4
            }
        }
        return result
    }
}

/// The Gaussian windows of two planes at one scale.
private struct SimilarityWindows {
    private static let taps: [Float] = {
        let middle = Double(MultiscaleSimilarity.window / 2)
        let raw = (0..<MultiscaleSimilarity.window).map { tap in
            exp(-(Double(tap) - middle) * (Double(tap) - middle) / (2 * 1.5 * 1.5))
        }
        let sum = raw.reduce(0, +)
        return raw.map { Float($0 / sum) }
    }()

    private static let c1: Float = (0.01 * 255) * (0.01 * 255)
    private static let c2: Float = (0.03 * 255) * (0.03 * 255)

    private let first: Plane
    private let second: Plane
    /// Windows of a row.
    private let columns: Int

    init(_ first: Plane, _ second: Plane) {
        (self.first, self.second) = (first, second)
        columns = first.width - Self.taps.count + 1
    }

    /// The means over all windows: of the similarity, and of its part without the means' product.
    var means: (whole: Double, structure: Double) {
        let size = 5 * columns
        // Rows of the five moments, blurred across: a ring as high as a window.
        var ring = Array(repeating: [Float](repeating: 0, count: size), count: Self.taps.count)
        var (whole, structure) = (0.0, 0.0)
        var moments = [Float](repeating: 0, count: size)
        for y in 0..<first.height {
            blurAcross(y, into: &ring[y % Self.taps.count])
            guard y >= Self.taps.count - 1 else { continue }
            for i in 0..<size { moments[i] = 0 }
            for (tap, factor) in Self.taps.enumerated() {
                let row = ring[(y + 1 + tap) % Self.taps.count]
                for i in 0..<size { moments[i] += factor * row[i] }
            }
            let sums = sums(of: moments)
            (whole, structure) = (whole + Double(sums.x), structure + Double(sums.y))
        }
        let windows = Double(columns * (first.height - Self.taps.count + 1))
        return (whole / windows, structure / windows)
    }

    /// Means, squares and the product of a row's pixels, each weighted across the windows.
    private func blurAcross(_ y: Int, into row: inout [Float]) {
        let (count, start) = (columns, y * first.width)
        for i in row.indices { row[i] = 0 }
        for (tap, factor) in Self.taps.enumerated() {
            for x in 0..<count {
                let (one, other) = (
                    first.values[start + tap + x], second.values[start + tap + x]
                )
                row[x] += factor * one
                row[count + x] += factor * other
                row[2 * count + x] += factor * one * one
                row[3 * count + x] += factor * other * other
                row[4 * count + x] += factor * one * other
            }
        }
    }

    /// The sums over a row of windows.
    private func sums(of moments: [Float]) -> SIMD2<Float> {
        var sums = SIMD2<Float>()
        for x in 0..<columns {
            let (one, other) = (moments[x], moments[columns + x])
            let variances =
                max(0, moments[2 * columns + x] - one * one)
                + max(0, moments[3 * columns + x] - other * other)
            let covariance = moments[4 * columns + x] - one * other
            let structure = (2 * covariance + Self.c2) / (variances + Self.c2)
            let (m1, m2) = (one + 128, other + 128)
            let means = (2 * m1 * m2 + Self.c1) / (m1 * m1 + m2 * m2 + Self.c1)
            sums += SIMD2(means * structure, structure)
        }
        return sums
    }
}
