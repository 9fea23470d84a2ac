internal import Dispatch

/// Paints a frame with the colours of a guided upsampling.
///
/// What is kept is L*, as with photographs, and not the code of Y': a saturated colour of the
/// same Y' is lighter than the grey, red by 30 units of L*. So Y' is that of the colour which has
/// the grey's L*; where there is no colour it is the source's own code.
///
/// Chroma that pixels share is sited as H.264 and its kin take it unless told otherwise: in the
/// column of the left one, between the rows.
struct FramePainter: Sendable {
    let reading: FrameReading

    /// The frame that is written.
    let target: FrameFormat
    let targetColors: FrameColors
    let saturation: Float

    /// Whether the source stands to the left of the result.
    let compare: Bool

    /// The whole frame, its rows spread over the cores.
    func painted(_ frame: FilmFrame, _ upsampling: GuidedUpsampling) -> [UInt8] {
        let isToned = reading.isToned(frame)
        let bands = target.chromaHeight
        let chunk = max(1, min(16, (bands + 7) / 8))
        return [UInt8](unsafeUninitializedCapacity: target.byteCount) { bytes, count in
            let output = Output(bytes: UnsafeMutableRawBufferPointer(bytes))
            frame.bytes.withUnsafeBytes { source in
                let input = Input(bytes: source, isToned: isToned)
                DispatchQueue.concurrentPerform(iterations: (bands + chunk - 1) / chunk) { index in
                    let range = index * chunk..<min(bands, (index + 1) * chunk)
                    paint(range, input, upsampling, output)
                }
            }
            count = target.byteCount
        }
    }

    /// What a chunk reads; not written while it is read.
    struct Input: Sendable {
        private let start: UInt
        private let count: Int
        let isToned: Bool

        init(bytes: UnsafeRawBufferPointer, isToned: Bool) {
            start = UInt(bitPattern: bytes.baseAddress)
            count = bytes.count
            self.isToned = isToned
        }

        var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: count)
        }
    }

    /// Where chunks write, each rows of its own.
    struct Output: Sendable {
        private let start: UInt
        private let count: Int

        init(bytes: UnsafeMutableRawBufferPointer) {
            start = UInt(bitPattern: bytes.baseAddress)
            count = bytes.count
        }

        var bytes: UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(
                start: UnsafeMutableRawPointer(bitPattern: start), count: count)
        }
    }
}

extension FramePainter {
    /// Columns of one half of the target, or of all of it.
    private var half: Int { compare ? target.width / 2 : target.width }

    /// Paints rows of chroma and the rows of Y' that share them.
    private func paint(
        _ bands: Range<Int>, _ input: Input, _ upsampling: GuidedUpsampling, _ output: Output
    ) {
        let rowsInBand = 1 << target.shiftY
        let lines = PaintedLines(width: half)
        for band in bands {
            for side in 0..<(compare ? 2 : 1) {
                let keepsSource = compare && side == 0
                lines.clearChroma()
                var count: Float = 0
                for y in band * rowsInBand..<min(target.height, (band + 1) * rowsInBand) {
                    let row = min(y, reading.format.height - 1)
                    read(row, input, into: lines)
                    if keepsSource {
                        lines.encodeSource()
                    } else {
                        lines.color(by: upsampling, y: row, saturation: saturation)
                    }
                    lines.encode(targetColors, sourceWidth: reading.format.width)
                    store(lines, y: y, x: side * half, to: output)
                    count += 1
                }
                storeChroma(lines, band: band, side: side, scale: 1 / count, to: output)
            }
        }
    }

    /// Y, f(Y) and, of toned frames, linear red, green and blue of a row.
    private func read(_ y: Int, _ input: Input, into lines: PaintedLines) {
        if reading.format.depth == 8 {
            read(y, input.bytes.bindMemory(to: UInt8.self), input.isToned, into: lines)
        } else {
            read(y, input.bytes.bindMemory(to: UInt16.self), input.isToned, into: lines)
        }
    }

    @inline(__always)
    private func read<Code: FixedWidthInteger>(
        _ y: Int, _ codes: UnsafeBufferPointer<Code>, _ isToned: Bool,
        into lines: PaintedLines
    ) {
        let format = reading.format
        let limit = format.limit
        let row = codes.baseAddress! + y * format.width
        guard isToned else {
            reading.linear.withUnsafeBufferPointer { linear in
                reading.root.withUnsafeBufferPointer { root in
                    for x in 0..<format.width {
                        let code = min(Int(row[x]), limit)
                        lines.luminance[x] = linear[code]
                        lines.root[x] = root[code]
                    }
                }
            }
            return lines.copyGrey()
        }
        let start = format.lumaCount + (y >> format.shiftY) * format.chromaWidth
        let (cb, cr) = (codes.baseAddress! + start, codes.baseAddress! + start + format.chromaCount)
        let scale = reading.colors.scale(depth: format.depth)
        for x in 0..<format.width {
            let place = x >> format.shiftX
            let encoded = reading.encoded(
                reading.luma[min(Int(row[x]), limit)],
                (Float(cb[place]) - scale.neutral) / scale.chroma,
                (Float(cr[place]) - scale.neutral) / scale.chroma)
            lines.red[x] = SRGBTransfer.shared.decode(encoded.0)
            lines.green[x] = SRGBTransfer.shared.decode(encoded.1)
            lines.blue[x] = SRGBTransfer.shared.decode(encoded.2)
        }
        lines.luminanceOfColors()
    }

    private func store(_ lines: PaintedLines, y: Int, x start: Int, to output: Output) {
        let scale = targetColors.scale(depth: target.depth)
        store(
            half, at: y * target.width + start, to: output
        ) { scale.black + scale.luma * lines.luma[$0] }
    }

    private func storeChroma(
        _ lines: PaintedLines, band: Int, side: Int, scale: Float, to output: Output
    ) {
        let codes = targetColors.scale(depth: target.depth)
        let step = 1 << target.shiftX
        let count = (half + step - 1) / step
        let first = target.lumaCount + band * target.chromaWidth + side * count
        let factor = codes.chroma * scale
        store(count, at: first, to: output) {
            codes.neutral + factor * lines.chroma(at: $0 * step, step: step).0
        }
        store(count, at: first + target.chromaCount, to: output) {
            codes.neutral + factor * lines.chroma(at: $0 * step, step: step).1
        }
    }

    /// Rounds a stretch of values to codes.
    @inline(__always)
    private func store(
        _ count: Int, at start: Int, to output: Output, value: (Int) -> Float
    ) {
        let limit = Float(target.limit)
        if target.depth == 8 {
            let codes = output.bytes.bindMemory(to: UInt8.self).baseAddress! + start
            for x in 0..<count { codes[x] = UInt8(min(max(value(x) + 0.5, 0), limit)) }
        } else {
            let codes = output.bytes.bindMemory(to: UInt16.self).baseAddress! + start
            for x in 0..<count {
                codes[x] = UInt16(min(max(value(x) + 0.5, 0), limit)).littleEndian
            }
        }
    }
}
