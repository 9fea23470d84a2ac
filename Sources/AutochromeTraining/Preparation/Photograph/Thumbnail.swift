package import Autochrome

/// A square photograph at 128 pixels a side, or fewer where it has fewer: enough to tell its
/// colours and what it shows.
package struct Thumbnail {
    static let largestSide = 128

    /// Pixels a side; even.
    let side: Int

    /// `[side, side, 3]`, sRGB, 0...255: the means of the encoded values.
    let means: [Float]

    /// The thumbnail of a square.
    package init(of square: PhotoSquare) {
        side = max(min(Self.largestSide, square.side) & ~1, 1)
        means = AreaMeans.of(square.pixels, side: square.side, cells: side) { Float($0) }
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
                red[lane] = linear[Int(means[3 * (start + lane)] + 0.5)]
                green[lane] = linear[Int(means[3 * (start + lane) + 1] + 0.5)]
                blue[lane] = linear[Int(means[3 * (start + lane) + 2] + 0.5)]
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
