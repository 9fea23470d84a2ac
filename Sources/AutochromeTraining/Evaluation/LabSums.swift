internal import Autochrome

/// Sums over the pixels of two pictures in CIELAB, and their planes of a* and b*.
struct LabSums {
    /// Of CIEDE2000.
    private(set) var difference = 0.0
    /// Of the first picture's chroma.
    private(set) var chroma = 0.0
    /// Of |dL*|.
    private(set) var lightnessError = 0.0
    /// a* of both pictures' pixels.
    private(set) var a: (first: [Float], second: [Float]) = ([], [])
    /// b* of them.
    private(set) var b: (first: [Float], second: [Float]) = ([], [])

    private typealias Vector = Lab.Vector

    /// Adds the pixels of two pictures, interleaved 8-bit sRGB.
    mutating func add(_ first: [UInt8], _ second: [UInt8]) {
        let count = first.count / 3
        (a, b) = ((Self.room(count), Self.room(count)), (Self.room(count), Self.room(count)))
        SRGBTransfer.shared.linear8.withUnsafeBufferPointer { linear in
            first.withUnsafeBufferPointer { one in
                second.withUnsafeBufferPointer { other in
                    for start in stride(from: 0, to: one.count, by: 3 * Vector.scalarCount) {
                        add(
                            Self.lab(one, start, linear), Self.lab(other, start, linear),
                            count: min(Vector.scalarCount, (one.count - start) / 3))
                    }
                }
            }
        }
    }

    private static func room(_ count: Int) -> [Float] {
        var values: [Float] = []
        values.reserveCapacity(count)
        return values
    }

    private typealias Colors = (lightness: Vector, a: Vector, b: Vector)

    @inline(__always)
    private static func lab(
        _ pixels: UnsafeBufferPointer<UInt8>, _ start: Int, _ linear: UnsafeBufferPointer<Float>
    ) -> Colors {
        var (red, green, blue) = (Vector(), Vector(), Vector())
        for lane in 0..<min(Vector.scalarCount, (pixels.count - start) / 3) {
            let index = start + 3 * lane
            red[lane] = linear[Int(pixels[index])]
            green[lane] = linear[Int(pixels[index + 1])]
            blue[lane] = linear[Int(pixels[index + 2])]
        }
        return Lab.lab(ofLinear: red, green, blue)
    }

    @inline(__always)
    private mutating func add(_ first: Colors, _ second: Colors, count: Int) {
        let square = first.a * first.a + first.b * first.b
        let step = first.lightness - second.lightness
        for lane in 0..<count {
            difference += ColorDifference.ciede2000(
                Self.color(first, lane), Self.color(second, lane))
            chroma += Double(square[lane].squareRoot())
            lightnessError += Double(abs(step[lane]))
            a.first.append(first.a[lane])
            a.second.append(second.a[lane])
            b.first.append(first.b[lane])
            b.second.append(second.b[lane])
        }
    }

    @inline(__always)
    private static func color(_ colors: Colors, _ lane: Int) -> ColorDifference.Color {
        ColorDifference.Color(
            Double(colors.lightness[lane]), Double(colors.a[lane]), Double(colors.b[lane]))
    }
}
