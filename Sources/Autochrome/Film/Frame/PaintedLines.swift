/// One row of a frame on its way from lightness to Y', Cb and Cr, and the sum of the chroma of
/// the rows that share it. Lines of floats in one piece of memory, each a whole number of vectors.
final class PaintedLines {
    typealias Line = UnsafeMutablePointer<Float>

    /// Y, f(Y) of `Lab`, then red, green and blue, linear and later encoded.
    let luminance: Line
    let root: Line
    let red: Line
    let green: Line
    let blue: Line

    /// Y' of the row.
    let luma: Line

    private let cb: Line
    private let cr: Line
    private let coefficients: UnsafeMutableBufferPointer<Float>
    private let memory: UnsafeMutableBufferPointer<Float>
    private let width: Int
    private let stride: Int

    /// - Parameter width: pixels of a row as it is written, which may be more than the source's.
    init(width: Int) {
        self.width = width
        let lanes = Lab.Vector.scalarCount
        // A vector more than the row has, for the last stretch of an interpolation.
        let stride = (width + lanes - 1) / lanes * lanes + lanes
        self.stride = stride
        memory = .allocate(capacity: 12 * stride)
        memory.initialize(repeating: 0)
        let lines = memory.baseAddress.map { start in (0..<8).map { start + $0 * stride } } ?? []
        (luminance, root, red, green, blue) = (lines[0], lines[1], lines[2], lines[3], lines[4])
        (luma, cb, cr) = (lines[5], lines[6], lines[7])
        coefficients = .init(rebasing: memory[8 * stride..<12 * stride])
    }

    deinit { memory.deallocate() }

    func clearChroma() {
        cb.update(repeating: 0, count: stride)
        cr.update(repeating: 0, count: stride)
    }

    /// Linear red, green and blue of a grey row.
    func copyGrey() {
        for line in [red, green, blue] { line.update(from: luminance, count: stride) }
    }

    /// Y and f(Y) of linear red, green and blue.
    func luminanceOfColors() {
        for x in Swift.stride(from: 0, to: stride, by: Lab.Vector.scalarCount) {
            let y = Lab.luminance(load(red, x), load(green, x), load(blue, x))
            store(y, luminance, x)
            store(Lab.f(y), root, x)
        }
    }

    /// Encoded red, green and blue of the source's own.
    func encodeSource() {
        let transfer = SRGBTransfer.shared
        for line in [red, green, blue] {
            for x in 0..<width { line[x] = transfer.encode(line[x]) }
        }
    }

    /// Encoded red, green and blue of the row's lightness in the upsampling's colours.
    func color(by upsampling: GuidedUpsampling, y: Int, saturation: Float) {
        upsampling.fill(coefficients, stride: stride, y: y, columns: 0..<width)
        guard let c = coefficients.baseAddress else { return }
        for x in Swift.stride(from: 0, to: stride, by: Lab.Vector.scalarCount) {
            let fy = load(root, x)
            let lightness = 116 * fy - 16
            let a = load(c, x) * lightness + load(c, stride + x)
            let b = load(c, 2 * stride + x) * lightness + load(c, 3 * stride + x)
            let rgb = GamutMapping.linear(
                y: load(luminance, x), fy: fy, dx: a * (saturation / 500),
                dz: b * (saturation / -200))
            store(rgb.0, red, x)
            store(rgb.1, green, x)
            store(rgb.2, blue, x)
        }
        SRGBTransfer.shared.encoded.withUnsafeBufferPointer { table in
            for line in [red, green, blue] {
                for x in 0..<width { line[x] = table[Self.index(line[x])] }
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
    ///
    /// - Parameter sourceWidth: pixels there are; the last is repeated beyond.
    func encode(_ colors: FrameColors, sourceWidth: Int) {
        for x in sourceWidth..<max(width, sourceWidth) {
            (red[x], green[x], blue[x]) = (
                red[sourceWidth - 1], green[sourceWidth - 1], blue[sourceWidth - 1]
            )
        }
        let (kr, kb) = (colors.red, colors.blue)
        let (blueScale, redScale) = (0.5 / (1 - kb), 0.5 / (1 - kr))
        for x in Swift.stride(from: 0, to: stride, by: Lab.Vector.scalarCount) {
            let (r, b) = (load(red, x), load(blue, x))
            let y = kr * r + (1 - kr - kb) * load(green, x) + kb * b
            store(y, luma, x)
            store(load(cb, x) + (b - y) * blueScale, cb, x)
            store(load(cr, x) + (r - y) * redScale, cr, x)
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

    @inline(__always)
    private func load(_ line: Line, _ x: Int) -> Lab.Vector {
        UnsafeRawPointer(line + x).loadUnaligned(as: Lab.Vector.self)
    }

    @inline(__always)
    private func store(_ vector: Lab.Vector, _ line: Line, _ x: Int) {
        UnsafeMutableRawPointer(line + x).storeBytes(of: vector, as: Lab.Vector.self)
    }
}
