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
    init(of square: PhotoSquare) {
        side = max(min(Self.largestSide, square.side) & ~1, 1)
        pixels = Self.means(of: square.pixels, side: square.side, cells: side)
    }

    /// The mean colours of the cells when a square is divided into `cells` each way.
    ///
    /// - Parameters:
    ///   - pixels: `[side, side, 3]`.
    ///   - cells: cells narrower than a pixel take the pixel they begin in.
    /// - Returns: `[cells, cells, 3]`.
    static func means(of pixels: [UInt8], side: Int, cells: Int) -> [UInt8] {
        let ranges = (0..<cells).map { cell in
            let start = cell * side / cells
            return start..<max((cell + 1) * side / cells, start + 1)
        }
        var result = [UInt8](repeating: 0, count: cells * cells * 3)
        var sums = [UInt32](repeating: 0, count: side * 3)
        for (y, rows) in ranges.enumerated() {
            add(rows, of: pixels, into: &sums)
            for (x, columns) in ranges.enumerated() {
                let count = UInt32(rows.count * columns.count)
                for channel in 0..<3 {
                    var sum = count / 2
                    for column in columns { sum &+= sums[3 * column + channel] }
                    result[3 * (y * cells + x) + channel] = UInt8(sum / count)
                }
            }
        }
        return result
    }

    /// The sums of the rows' values, place by place along the row.
    private static func add(_ rows: Range<Int>, of pixels: [UInt8], into sums: inout [UInt32]) {
        pixels.withUnsafeBufferPointer { pixels in
            sums.withUnsafeMutableBufferPointer { sums in
                sums.update(repeating: 0)
                for row in rows {
                    let start = row * sums.count
                    for index in 0..<sums.count {
                        sums[index] &+= UInt32(pixels[start + index])
                    }
                }
            }
        }
    }

    /// The thumbnail in Lab.
    var planes: LabPlanes {
        let linear = SRGBTransfer.shared.linear8
        let count = side * side
        var lightness = [Float](repeating: 0, count: count)
        var (a, b) = (lightness, lightness)
        for start in stride(from: 0, to: count, by: 8) {
            var (red, green, blue) = (Lab.Vector(), Lab.Vector(), Lab.Vector())
            let lanes = min(8, count - start)
            for lane in 0..<lanes {
                red[lane] = linear[Int(pixels[3 * (start + lane)])]
                green[lane] = linear[Int(pixels[3 * (start + lane) + 1])]
                blue[lane] = linear[Int(pixels[3 * (start + lane) + 2])]
            }
            let lab = Lab.lab(ofLinear: red, green, blue)
            for lane in 0..<lanes {
                lightness[start + lane] = lab.lightness[lane]
                a[start + lane] = lab.a[lane]
                b[start + lane] = lab.b[lane]
            }
        }
        return LabPlanes(
            lightness: Plane(width: side, height: side, values: lightness),
            a: Plane(width: side, height: side, values: a),
            b: Plane(width: side, height: side, values: b))
    }
}
