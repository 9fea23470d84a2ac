#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Fingerprint of a photograph that is robust to scaling and compression, to find near-duplicates.
///
/// Sixty-four bits tell which of the lowest frequencies of its lightness lie above their median
/// (the perceptual hash of Zauner, "Implementation and benchmarking of perceptual image hash
/// functions", 2010, section 3.1.1). They say little of pictures that are nearly flat, so the mean
/// colours of 16 places stand beside them.
package struct Fingerprint: Sendable, Equatable {
    /// The most bits that may differ between two copies of a photograph.
    static let tolerance = 4

    /// The most a place's mean may differ in any channel, of 255.
    static let colorTolerance: UInt8 = 10

    /// The 64 bits.
    package let bits: UInt64

    /// `[4, 4, 3]` mean colours, sRGB, and zeros.
    package let colors: SIMD64<UInt8>

    /// A fingerprint of these bits and colours.
    package init(bits: UInt64, colors: SIMD64<UInt8>) { (self.bits, self.colors) = (bits, colors) }

    /// Whether two photographs look the same.
    package func matches(_ other: Fingerprint) -> Bool {
        guard (bits ^ other.bits).nonzeroBitCount <= Self.tolerance else { return false }
        let upper = pointwiseMax(colors, other.colors)
        let difference = upper &- pointwiseMin(colors, other.colors)
        return all(difference .<= SIMD64(repeating: Self.colorTolerance))
    }
}

extension Fingerprint {
    /// The side of the picture that is transformed, and how many frequencies each way are taken.
    private static let side = 32
    private static let frequencies = 9

    /// cos((2x + 1) u pi / 64): DCT-II without its scale, `[frequencies, side]`.
    private static let cosines: [Float] = (0..<frequencies).flatMap { u in
        (0..<side).map { x in
            Float(cos(Double((2 * x + 1) * u) * .pi / Double(2 * side)))
        }
    }

    /// The fingerprint of a photograph.
    package init(of thumbnail: Thumbnail) {
        let small = AreaMeans.of(thumbnail.means, side: thumbnail.side, cells: Self.side) { $0 }
        let spectrum = Self.spectrum(of: Self.lightness(of: small))
        // All frequencies up to the eighth each way but the mean, and the ninth to the right.
        var kept = (0..<8).flatMap { v in (0..<8).map { spectrum[v * Self.frequencies + $0] } }
        kept[0] = spectrum[8]
        let median = kept.sorted()[kept.count / 2]
        bits = kept.reduce(0) { $0 << 1 | ($1 >= median ? 1 : 0) }
        var colors = SIMD64<UInt8>()
        let means = AreaMeans.of(small, side: Self.side, cells: 4) { $0 }
        for (index, mean) in means.enumerated() { colors[index] = UInt8(mean + 0.5) }
        self.colors = colors
    }

    /// R'G'B' weighted as ITU-R BT.601 does.
    private static func lightness(of pixels: [Float]) -> [Float] {
        stride(from: 0, to: pixels.count, by: 3).map { index in
            0.299 * pixels[index] + 0.587 * pixels[index + 1] + 0.114 * pixels[index + 2]
        }
    }

    /// `[frequencies, frequencies]`, vertical by horizontal.
    private static func spectrum(of values: [Float]) -> [Float] {
        var rows = [Float](repeating: 0, count: side * frequencies)
        for y in 0..<side {
            for u in 0..<frequencies {
                for x in 0..<side {
                    rows[y * frequencies + u] += values[y * side + x] * cosines[u * side + x]
                }
            }
        }
        var result = [Float](repeating: 0, count: frequencies * frequencies)
        for v in 0..<frequencies {
            for y in 0..<side {
                for u in 0..<frequencies {
                    result[v * frequencies + u] +=
                        rows[y * frequencies + u] * cosines[v * side + y]
                }
            }
        }
        return result
    }
}

/// As text: eight bytes of bits, the high one first, and 48 of colours, in Base64.
extension Fingerprint: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = [UInt8](try container.decode(Data.self))
        guard bytes.count == 56 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a fingerprint has 56 bytes, not \(bytes.count)")
        }
        bits = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        var colors = SIMD64<UInt8>()
        for index in 0..<48 { colors[index] = bytes[8 + index] }
        self.colors = colors
    }

    package func encode(to encoder: any Encoder) throws {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes + (0..<48).map { colors[$0] }))
    }
}
