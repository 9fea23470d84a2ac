/// Reads codes of a frame as light. Tables are made once for a film.
struct FrameReading: Sendable {
    let format: FrameFormat
    let colors: FrameColors

    /// Linear light and f of `Lab` for every code of Y' where there is no chroma.
    let linear: [Float]
    let root: [Float]

    /// Y' of every code, 0...1 and beyond.
    let luma: [Float]

    init(format: FrameFormat, colors: FrameColors) {
        self.format = format
        self.colors = colors
        let scale = colors.scale(depth: format.depth)
        luma = (0...format.limit).map { (Float($0) - scale.black) / scale.luma }
        linear = luma.map { Float(SRGBTransfer.decode(Double(min(max($0, 0), 1)))) }
        root = linear.map { Lab.f(Lab.Vector(repeating: $0))[0] }
    }

    /// Whether the frame has colour of its own, as a toned one has; what codecs make of grey, a
    /// step of 8 bits, is none.
    func isToned(_ frame: FilmFrame) -> Bool {
        guard format.hasChroma else { return false }
        let step = 1 << (format.depth - 8)
        let neutral = 1 << (format.depth - 1)
        let start = format.lumaCount * format.sampleBytes
        return frame.bytes.withUnsafeBytes { bytes in
            let chroma = UnsafeRawBufferPointer(rebasing: bytes[start...])
            if format.depth == 8 {
                return Self.strays(
                    chroma.bindMemory(to: UInt8.self), UInt8(neutral - step), UInt8(neutral + step))
            }
            return Self.strays(
                chroma.bindMemory(to: UInt16.self), UInt16(neutral - step), UInt16(neutral + step))
        }
    }

    /// Whether a value lies outside.
    @inline(__always)
    private static func strays<Code: FixedWidthInteger>(
        _ values: UnsafeBufferPointer<Code>, _ low: Code, _ high: Code
    ) -> Bool {
        var (least, most) = (Code.max, Code.min)
        for value in values {
            least = min(least, value)
            most = max(most, value)
        }
        return least < low || most > high
    }

    /// R', G' and B', 0...1, of Y' and two differences.
    @inline(__always)
    func encoded(_ y: Float, _ cb: Float, _ cr: Float) -> (Float, Float, Float) {
        let red = y + 2 * (1 - colors.red) * cr
        let blue = y + 2 * (1 - colors.blue) * cb
        let green = (y - colors.red * red - colors.blue * blue) / (1 - colors.red - colors.blue)
        return (Self.clipped(red), Self.clipped(green), Self.clipped(blue))
    }

    @inline(__always)
    private static func clipped(_ value: Float) -> Float { min(max(value, 0), 1) }
}
