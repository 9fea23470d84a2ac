package import Autochrome

/// SSIM (Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
/// structural similarity", 2004), as `skimage.metrics.structural_similarity` computes it by
/// default with `channel_axis` and `data_range=255`: uniform windows of 7 x 7, unbiased variances,
/// K1 = 0.01, K2 = 0.03, the mean over all windows that lie inside and over the channels.
package struct StructuralSimilarity {
    /// Pixels a side of a window, and so the least a picture must have.
    package static let window = 7

    private static let area = Int32(window * window)
    private static let c1: Float = (0.01 * 255) * (0.01 * 255)
    private static let c2: Float = (0.03 * 255) * (0.03 * 255)

    private let first: UnsafeBufferPointer<UInt8>
    private let second: UnsafeBufferPointer<UInt8>
    /// Samples of a row: three a pixel.
    private let row: Int

    // Sums down the window's rows at each sample: of the first picture, of the second, of both
    // squares, of the product. Whole numbers, so nothing is lost: the largest value, 49 times the
    // sum of squares, is 3.2e8.
    private var firstSums: [Int32]
    private var secondSums: [Int32]
    private var squareSums: [Int32]
    private var productSums: [Int32]

    /// The similarity of two pictures of one size, at most 1.
    package static func mean(_ first: Picture, _ second: Picture) -> Double {
        first.pixels.withUnsafeBufferPointer { one in
            second.pixels.withUnsafeBufferPointer { other in
                var similarity = StructuralSimilarity(one, other, width: first.width)
                return similarity.mean(height: first.height)
            }
        }
    }

    private init(
        _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>, width: Int
    ) {
        (self.first, self.second) = (first, second)
        row = 3 * width
        firstSums = Array(repeating: 0, count: row)
        secondSums = firstSums
        squareSums = firstSums
        productSums = firstSums
    }

    private mutating func mean(height: Int) -> Double {
        var sum = 0.0
        for y in 0..<height {
            add(y, sign: 1)
            if y >= Self.window { add(y - Self.window, sign: -1) }
            if y >= Self.window - 1 { sum += Double(sumOverRow()) }
        }
        let windows = (row - 3 * (Self.window - 1)) * (height - (Self.window - 1))
        return sum / Double(windows)
    }

    /// Takes a row into the sums, or out of them.
    private mutating func add(_ y: Int, sign: Int32) {
        let start = y * row
        for i in 0..<row {
            let (x, y) = (Int32(first[start + i]), Int32(second[start + i]))
            firstSums[i] &+= sign &* x
            secondSums[i] &+= sign &* y
            squareSums[i] &+= sign &* (x &* x &+ y &* y)
            productSums[i] &+= sign &* (x &* y)
        }
    }

    /// The sum of the similarities of the windows that end at the current row.
    private func sumOverRow() -> Float {
        var sum: Float = 0
        for i in 0..<row - 3 * (Self.window - 1) {
            sum += similarity(
                Self.across(firstSums, i), Self.across(secondSums, i),
                Self.across(squareSums, i), Self.across(productSums, i))
        }
        return sum
    }

    /// The sum over the window's columns, which are three samples apart.
    @inline(__always)
    private static func across(_ sums: [Int32], _ i: Int) -> Int32 {
        sums[i] &+ sums[i + 3] &+ sums[i + 6] &+ sums[i + 9] &+ sums[i + 12] &+ sums[i + 15]
            &+ sums[i + 18]
    }

    /// With sums s over n samples: mean = s / n, covariance = (n s_xy - s_x s_y) / (n (n - 1)).
    @inline(__always)
    private func similarity(_ x: Int32, _ y: Int32, _ squares: Int32, _ products: Int32) -> Float {
        let (n, xy, xxyy) = (Self.area, x &* y, x &* x &+ y &* y)
        let meanScale = 1 / (Float(n) * Float(n))
        let scale = 1 / (Float(n) * Float(n - 1))
        let covariance = Float(n &* products &- xy) * scale
        let variances = Float(n &* squares &- xxyy) * scale
        return (2 * Float(xy) * meanScale + Self.c1) * (2 * covariance + Self.c2)
            / ((Float(xxyy) * meanScale + Self.c1) * (variances + Self.c2))
    }
}
