/// One row of a frame on its way from lightness to Y', Cb and Cr, and the sum of the chroma of
/// the rows that share it.
final class PaintedLines {
    typealias Line = ColorRow.Line

    /// Y, f(Y), and red, green and blue, linear and later encoded.
    let row: ColorRow

    /// Y' of the row.
    let luma: Line

    private let cb: Line
    private let cr: Line
    private let memory: Line
    private let width: Int

    /// - Parameter width: pixels of a row as it is written, which may be more than the source's.
    init(width: Int) {
        self.width = width
        let (stride, count) = (ColorRow.stride(width: width), ColorRow.lineCount)
        memory = .allocate(capacity: (count + 3) * stride)
        memory.initialize(repeating: 0, count: (count + 3) * stride)
        row = ColorRow(memory, stride: stride)
        let rest = memory + count * stride
        (luma, cb, cr) = (rest, rest + stride, rest + 2 * stride)
    }

    deinit { memory.deallocate() }

    private var rgb: [Line] { [row.red, row.green, row.blue] }

    func clearChroma() {
        cb.update(repeating: 0, count: row.stride)
        cr.update(repeating: 0, count: row.stride)
    }

    /// Linear red, green and blue of a grey row.
    func copyGrey() {
        for line in rgb { line.update(from: row.luminance, count: row.stride) }
    }

    /// Encoded red, green and blue of the source's own.
    func encodeSource() {
        let transfer = SRGBTransfer.shared
        for line in rgb {
            for x in 0..<width { line[x] = transfer.encode(line[x]) }
        }
    }

    /// Encoded red, green and blue of the row's lightness in the upsampling's colours.
    func color(by upsampling: GuidedUpsampling, y: Int, saturation: Float) {
        row.color(by: upsampling, y: y, columns: 0..<width, saturation: saturation)
        SRGBTransfer.shared.encoded.withUnsafeBufferPointer { table in
            for line in rgb {
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
        for line in rgb {
            for x in sourceWidth..<max(width, sourceWidth) { line[x] = line[sourceWidth - 1] }
        }
        let (kr, kb) = (colors.red, colors.blue)
        let (blueScale, redScale) = (0.5 / (1 - kb), 0.5 / (1 - kr))
        row.forEachVector { x in
            let (r, b) = (row.load(row.red, x), row.load(row.blue, x))
            let y = kr * r + (1 - kr - kb) * row.load(row.green, x) + kb * b
            row.store(y, luma, x)
            row.store(row.load(cb, x) + (b - y) * blueScale, cb, x)
            row.store(row.load(cr, x) + (r - y) * redScale, cr, x)
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
}
