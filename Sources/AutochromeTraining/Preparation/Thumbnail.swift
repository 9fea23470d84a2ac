internal import Autochrome

/// A square photograph at 128 pixels a side, or fewer where it has fewer: enough to tell its
/// colours and what it shows.
struct Thumbnail {
    static let largestSide = 128

    /// Pixels a side; even.
    let side: Int

    /// `[side, side, 3]`, sRGB, 0...255.
    let pixels: [UInt8]

    /// Each pixel is the mean of those it covers, of the encoded values.
    init(of square: PhotoSquare, side largest: Int = largestSide) {
        let side = max(min(largest, square.side) & ~1, 1)
        let bounds = (0...side).map { $0 * square.side / side }
        self.side = side
        pixels = [UInt8](unsafeUninitializedCapacity: side * side * 3) { result, initialized in
            square.pixels.withUnsafeBufferPointer { source in
                for y in 0..<side {
                    for x in 0..<side {
                        let mean = Self.mean(
                            source, width: square.side, bounds[x]..<bounds[x + 1],
                            bounds[y]..<bounds[y + 1])
                        for channel in 0..<3 {
                            result[3 * (y * side + x) + channel] = UInt8(mean[channel])
                        }
                    }
                }
            }
            initialized = side * side * 3
        }
    }

    @inline(__always)
    private static func mean(
        _ source: UnsafeBufferPointer<UInt8>, width: Int, _ columns: Range<Int>, _ rows: Range<Int>
    ) -> SIMD4<UInt32> {
        var sum = SIMD4<UInt32>()
        for row in rows {
            var index = 3 * (row * width + columns.lowerBound)
            for _ in columns {
                sum &+= SIMD4(
                    UInt32(source[index]), UInt32(source[index + 1]), UInt32(source[index + 2]), 0)
                index += 3
            }
        }
        let count = UInt32(columns.count * rows.count)
        return (sum &+ SIMD4(repeating: count / 2)) / SIMD4(repeating: count)
    }

    /// The thumbnail in Lab.
    var planes: LabPlanes {
        Lab.planes(
            of: pixels.map { Float($0) * (1 / 255) }, channels: 3, width: side, height: side)
    }
}
