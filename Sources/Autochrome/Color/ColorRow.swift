/// A row of pixels on its way from lightness to colour: Y and f(Y) of `Lab` in, linear red, green
/// and blue out. Lines of floats in one piece of memory, each a whole number of vectors; the
/// memory is another's.
///
/// The inner loop of the program, eight pixels at a time, for photographs and films alike.
struct ColorRow {
    typealias Line = UnsafeMutablePointer<Float>

    /// Number of lines: five, and the four coefficients of a* and b*.
    static let lineCount = 9

    /// Y and f(Y).
    let luminance: Line
    let root: Line

    /// Linear, in gamut once the row is coloured.
    let red: Line
    let green: Line
    let blue: Line

    /// Floats of a line.
    let stride: Int

    private let coefficients: UnsafeMutableBufferPointer<Float>

    /// Floats of a line of `width` pixels: a vector more than they take, for the last stretch of
    /// an interpolation.
    static func stride(width: Int) -> Int {
        let lanes = Lab.Vector.scalarCount
        return (width + lanes - 1) / lanes * lanes + lanes
    }

    /// - Parameter memory: `lineCount` lines of `stride` floats, which are initialized.
    init(_ memory: UnsafeMutablePointer<Float>, stride: Int) {
        (luminance, root) = (memory, memory + stride)
        (red, green, blue) = (memory + 2 * stride, memory + 3 * stride, memory + 4 * stride)
        coefficients = .init(start: memory + 5 * stride, count: 4 * stride)
        self.stride = stride
    }

    /// Y and f(Y) of linear red, green and blue.
    func readColors() {
        forEachVector { x in
            store(Lab.luminance(load(red, x), load(green, x), load(blue, x)), luminance, x)
        }
        readLuminance()
    }

    /// f(Y) of Y.
    func readLuminance() {
        forEachVector { x in store(Lab.f(load(luminance, x)), root, x) }
    }

    /// Linear red, green and blue of the row's lightness in the upsampling's colours.
    ///
    /// - Parameters:
    ///   - upsampling: the colours.
    ///   - y: the row of the whole picture.
    ///   - columns: the stretch of that row.
    ///   - saturation: what a* and b* are multiplied by.
    ///   - correction: lays hints' colours over these.
    func color(
        by upsampling: GuidedUpsampling, y: Int, columns: Range<Int>, saturation: Float,
        correction: HintCorrection? = nil
    ) {
        upsampling.fill(coefficients, stride: stride, y: y, columns: columns)
        guard let c = coefficients.baseAddress else { return }
        typealias C = Lab.Constants<Float>
        guard let correction else {
            let (scaleX, scaleZ) = (saturation / C.aScale, saturation / -C.bScale)
            return forEachVector { x in
                let (_, a, b) = predicted(c, x)
                paint(x, dx: a * scaleX, dz: b * scaleZ)
            }
        }
        // Lightness, a*, b* and where hints are take the places of coefficients that are used up.
        forEachVector { x in
            let (lightness, a, b) = predicted(c, x)
            store(lightness, c, x)
            store(a * saturation, c, stride + x)
            store(b * saturation, c, 2 * stride + x)
            store(Lab.Vector(), c, 3 * stride + x)
        }
        let (scaleX, scaleZ) = (1 / C.aScale, 1 / -C.bScale)
        correction.apply(
            y: y, columns: columns, lightness: c, a: c + stride, b: c + 2 * stride,
            isHinted: c + 3 * stride)
        forEachVector { x in
            paint(
                x, dx: load(c, stride + x) * scaleX, dz: load(c, 2 * stride + x) * scaleZ,
                isFine: load(c, 3 * stride + x))
        }
    }

    @inline(__always)
    private func predicted(
        _ c: Line, _ x: Int
    ) -> (lightness: Lab.Vector, a: Lab.Vector, b: Lab.Vector) {
        let lightness = Lab.lightness(ofF: load(root, x))
        return (
            lightness, load(c, x) * lightness + load(c, stride + x),
            load(c, 2 * stride + x) * lightness + load(c, 3 * stride + x)
        )
    }

    @inline(__always)
    private func paint(
        _ x: Int, dx: Lab.Vector, dz: Lab.Vector, isFine: Lab.Vector = Lab.Vector()
    ) {
        let rgb = GamutMapping.linear(
            y: load(luminance, x), fy: load(root, x), dx: dx, dz: dz, isFine: isFine)
        store(rgb.0, red, x)
        store(rgb.1, green, x)
        store(rgb.2, blue, x)
    }

    @inline(__always)
    func forEachVector(_ body: (Int) -> Void) {
        for x in Swift.stride(from: 0, to: stride, by: Lab.Vector.scalarCount) { body(x) }
    }

    @inline(__always)
    func load(_ line: Line, _ x: Int) -> Lab.Vector {
        UnsafeRawPointer(line + x).loadUnaligned(as: Lab.Vector.self)
    }

    @inline(__always)
    func store(_ vector: Lab.Vector, _ line: Line, _ x: Int) {
        UnsafeMutableRawPointer(line + x).storeBytes(of: vector, as: Lab.Vector.self)
    }
}
