package import Autochrome

// The marks of JPEG on a plane of lightness: its 8 x 8 cosine transform, rounded as the standard's
// table for luminance says (ITU-T T.81, table K.1), without the coding that loses nothing.
extension Plane {
    /// The plane after JPEG at this quality, 1...100 on the scale of libjpeg.
    package func compressed(quality: Double) -> Plane {
        let scale = quality < 50 ? 50 / quality : 2 - quality / 50
        // L* of 0...100 stands for samples of 0...255.
        let steps = Self.luminanceSteps.map { Float(max(1, ($0 * scale).rounded())) / 2.55 }
        var result = self
        for top in stride(from: 0, to: height - height % 8, by: 8) {
            for left in stride(from: 0, to: width - width % 8, by: 8) {
                result.round(left: left, top: top, steps)
            }
        }
        return result
    }

    private mutating func round(left: Int, top: Int, _ steps: [Float]) {
        var block = [Float](repeating: 0, count: 64)
        for i in 0..<64 { block[i] = values[(top + i / 8) * width + left + i % 8] - 50 }
        var spectrum = Self.product(Self.basis, block, transposeFirst: false)
        spectrum = Self.product(spectrum, Self.basis, transposeSecond: true)
        for i in 0..<64 { spectrum[i] = (spectrum[i] / steps[i]).rounded() * steps[i] }
        block = Self.product(Self.basis, spectrum, transposeFirst: true)
        block = Self.product(block, Self.basis)
        for i in 0..<64 {
            values[(top + i / 8) * width + left + i % 8] = min(max(block[i] + 50, 0), 100)
        }
    }

    private static func product(
        _ a: [Float], _ b: [Float], transposeFirst: Bool = false, transposeSecond: Bool = false
    ) -> [Float] {
        var result = [Float](repeating: 0, count: 64)
        for row in 0..<8 {
            for column in 0..<8 {
                var sum: Float = 0
                for k in 0..<8 {
                    sum +=
                        a[transposeFirst ? 8 * k + row : 8 * row + k]
                        * b[transposeSecond ? 8 * column + k : 8 * k + column]
                }
                result[8 * row + column] = sum
            }
        }
        return result
    }

    /// Row u: c(u) cos((2x + 1) u pi / 16), orthonormal.
    private static let basis: [Float] = (0..<64).map { i in
        let (u, x) = (i / 8, i % 8)
        let norm = u == 0 ? 0.125.squareRoot() : 0.5
        return Float(norm * cosine(Double((2 * x + 1) * u) * .pi / 16))
    }

    private static let luminanceSteps: [Double] = [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
        14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ]
}
