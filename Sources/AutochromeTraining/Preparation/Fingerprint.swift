internal import Foundation

/// What stays of a photograph through scaling and compression, to find repeated ones.
///
/// Sixty-four bits tell which of the lowest frequencies of its lightness lie above their median
/// (the perceptual hash of Zauner, "Implementation and benchmarking of perceptual image hash
/// functions", 2010, section 3.1.1). They say little of pictures that are nearly flat, so the mean
/// colours of 16 places stand beside them.
struct Fingerprint: Sendable, Equatable {
    /// The most bits that may differ between two copies of a photograph.
    static let tolerance = 3

    /// The most a place's mean may differ in any channel, of 255.
    static let colorTolerance: UInt8 = 10

    let bits: UInt64

    /// `[4, 4, 3]` mean colours, sRGB, and zeros.
    let colors: SIMD64<UInt8>

    /// Whether two photographs look the same.
    func matches(_ other: Fingerprint) -> Bool {
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

    /// - Parameter thumbnail: of at least 32 pixels a side, or nothing certain is told.
    init(of thumbnail: Thumbnail) {
        let spectrum = Self.spectrum(of: Self.lightness(of: thumbnail))
        // All frequencies up to the eighth each way but the mean, and the ninth to the right.
        var kept = (0..<8).flatMap { v in (0..<8).map { spectrum[v * Self.frequencies + $0] } }
        kept[0] = spectrum[8]
        let median = kept.sorted()[kept.count / 2]
        bits = kept.reduce(0) { $0 << 1 | ($1 >= median ? 1 : 0) }
        colors = Self.colors(of: thumbnail)
    }

    /// `[32, 32]` means of R'G'B', weighted as ITU-R BT.601 does.
    private static func lightness(of thumbnail: Thumbnail) -> [Float] {
        let bounds = (0...side).map { $0 * thumbnail.side / side }
        return (0..<side * side).map { place in
            let (x, y) = (place % side, place / side)
            var (sum, count) = (Float(0), Float(0))
            for row in bounds[y]..<max(bounds[y + 1], min(bounds[y] + 1, thumbnail.side)) {
                for column in bounds[x]..<max(bounds[x + 1], min(bounds[x] + 1, thumbnail.side)) {
                    let index = 3 * (row * thumbnail.side + column)
                    sum += 0.299 * Float(thumbnail.pixels[index])
                    sum += 0.587 * Float(thumbnail.pixels[index + 1])
                    sum += 0.114 * Float(thumbnail.pixels[index + 2])
                    count += 1
                }
            }
            return sum / max(count, 1)
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

    private static func colors(of thumbnail: Thumbnail) -> SIMD64<UInt8> {
        var sums = [Int](repeating: 0, count: 48)
        var counts = [Int](repeating: 0, count: 48)
        for y in 0..<thumbnail.side {
            for x in 0..<thumbnail.side {
                let place = 3 * (4 * (y * 4 / thumbnail.side) + x * 4 / thumbnail.side)
                for channel in 0..<3 {
                    sums[place + channel] +=
                        Int(thumbnail.pixels[3 * (y * thumbnail.side + x) + channel])
                    counts[place + channel] += 1
                }
            }
        }
        var colors = SIMD64<UInt8>()
        for index in sums.indices { colors[index] = UInt8(sums[index] / max(counts[index], 1)) }
        return colors
    }
}

/// As text: eight bytes of bits, the high one first, and 48 of colours, in Base64.
extension Fingerprint: Codable {
    init(from decoder: any Decoder) throws {
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

    func encode(to encoder: any Encoder) throws {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes + (0..<48).map { colors[$0] }))
    }
}
