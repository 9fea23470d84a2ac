/// One row of a frame on its way from lightness to Y', Cb and Cr, and the sum of the chroma of
/// the rows that share it.
struct PaintedLines {
    private(set) var luma: [Float]
    var luminance: [Float]
    var root: [Float]
    var red: [Float]
    var green: [Float]
    var blue: [Float]
    private var cb: [Float]
    private var cr: [Float]
    private var coefficients: [Float]
    private let width: Int
    private let stride: Int

    /// - Parameter width: pixels of a row as it is written, which may be more than the source's.
    init(width: Int) {
        self.width = width
        let lanes = Lab.Vector.scalarCount
        // A vector more than the row has, for the last stretch of an interpolation.
        stride = (width + lanes - 1) / lanes * lanes + lanes
        let line = [Float](repeating: 0, count: stride)
        (luma, luminance, root, red, green, blue, cb, cr) = (
            line, line, line, line, line, line, line, line
        )
        coefficients = [Float](repeating: 0, count: 4 * stride)
    }

    mutating func clearChroma() {
        for x in 0..<stride { (cb[x], cr[x]) = (0, 0) }
    }

    /// Linear red, green and blue of a grey row.
    mutating func copyGrey() {
        (red, green, blue) = (luminance, luminance, luminance)
    }

    /// Y and f(Y) of linear red, green and blue.
    mutating func luminanceOfColors() {
        forEachVector { pixels in
            pixels.y = Lab.luminance(pixels.red, pixels.green, pixels.blue)
            pixels.fy = Lab.f(pixels.y)
        }
    }

    /// Encoded red, green and blue of the source's own.
    mutating func keepSource() {
        let transfer = SRGBTransfer.shared
        for x in 0..<width {
            red[x] = transfer.encode(red[x])
            green[x] = transfer.encode(green[x])
            blue[x] = transfer.encode(blue[x])
        }
    }

    /// Encoded red, green and blue of the row's lightness in the upsampling's colours.
    mutating func color(by upsampling: GuidedUpsampling, y: Int, saturation: Float) {
        let stride = stride
        coefficients.withUnsafeMutableBufferPointer {
            upsampling.fill($0, stride: stride, y: y, columns: 0..<width)
        }
        // Held apart for the loop, which has the other lines in its hands.
        let line = coefficients
        line.withUnsafeBufferPointer { c in
            forEachVector { pixels in
                let x = pixels.index * Lab.Vector.scalarCount
                let lightness = 116 * pixels.fy - 16
                let a = Self.load(c, x) * lightness + Self.load(c, stride + x)
                let b = Self.load(c, 2 * stride + x) * lightness + Self.load(c, 3 * stride + x)
                (pixels.red, pixels.green, pixels.blue) = GamutMapping.linear(
                    y: pixels.y, fy: pixels.fy, dx: a * (saturation / 500),
                    dz: b * (saturation / -200))
            }
        }
        SRGBTransfer.shared.encoded.withUnsafeBufferPointer { table in
            for x in 0..<width {
                red[x] = table[Self.index(red[x])]
                green[x] = table[Self.index(green[x])]
                blue[x] = table[Self.index(blue[x])]
            }
        }
    }

    /// The nearest index of `SRGBTransfer.encoded` for linear light 0...1: off by at most 0.05
    /// codes of 8 bits.
    @inline(__always)
    private static func index(_ linear: Float) -> Int {
        // In this order `max` does not hand on what is not a number.
        Int(min(max(0, linear), 1) * 65536 + 0.5)
    }

    /// Y' of encoded red, green and blue, their chroma added to the sum.
    mutating func encode(_ colors: FrameColors, sourceWidth: Int) {
        for x in sourceWidth..<max(width, sourceWidth) {
            let last = sourceWidth - 1
            (red[x], green[x], blue[x]) = (red[last], green[last], blue[last])
        }
        let (kr, kb) = (colors.red, colors.blue)
        for x in 0..<width {
            let y = kr * red[x] + (1 - kr - kb) * green[x] + kb * blue[x]
            luma[x] = y
            cb[x] += (blue[x] - y) / (2 * (1 - kb))
            cr[x] += (red[x] - y) / (2 * (1 - kr))
        }
    }

    /// The sum of chroma of the pixels that share a sample, its first column at `x`.
    @inline(__always)
    func chroma(at x: Int, step: Int) -> (Float, Float) {
        guard step > 1 else { return (cb[x], cr[x]) }
        let (before, after) = (max(x - 1, 0), min(x + 1, width - 1))
        return (
            (cb[before] + 2 * cb[x] + cb[after]) / 4, (cr[before] + 2 * cr[x] + cr[after]) / 4
        )
    }

    /// The lines as vectors, for arithmetic on all of them.
    @inline(__always)
    private mutating func forEachVector(_ body: (inout Vectors) -> Void) {
        let count = stride / Lab.Vector.scalarCount
        luminance.withUnsafeMutableBytes { y in
            root.withUnsafeMutableBytes { fy in
                red.withUnsafeMutableBytes { red in
                    green.withUnsafeMutableBytes { green in
                        blue.withUnsafeMutableBytes { blue in
                            for index in 0..<count {
                                let place = index * MemoryLayout<Lab.Vector>.stride
                                var vectors = Vectors(
                                    index: index, y: Self.load(y, place), fy: Self.load(fy, place),
                                    red: Self.load(red, place), green: Self.load(green, place),
                                    blue: Self.load(blue, place))
                                body(&vectors)
                                Self.store(vectors.y, y, place)
                                Self.store(vectors.fy, fy, place)
                                Self.store(vectors.red, red, place)
                                Self.store(vectors.green, green, place)
                                Self.store(vectors.blue, blue, place)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Eight pixels of every line.
    private struct Vectors {
        let index: Int
        var y: Lab.Vector
        var fy: Lab.Vector
        var red: Lab.Vector
        var green: Lab.Vector
        var blue: Lab.Vector
    }

    @inline(__always)
    private static func load(_ line: UnsafeMutableRawBufferPointer, _ place: Int) -> Lab.Vector {
        line.loadUnaligned(fromByteOffset: place, as: Lab.Vector.self)
    }

    @inline(__always)
    private static func load(_ line: UnsafeBufferPointer<Float>, _ x: Int) -> Lab.Vector {
        UnsafeRawPointer(line.baseAddress! + x).loadUnaligned(as: Lab.Vector.self)
    }

    @inline(__always)
    private static func store(
        _ vector: Lab.Vector, _ line: UnsafeMutableRawBufferPointer, _ place: Int
    ) {
        line.storeBytes(of: vector, toByteOffset: place, as: Lab.Vector.self)
    }
}
