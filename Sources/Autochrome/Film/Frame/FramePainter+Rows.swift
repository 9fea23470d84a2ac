extension FramePainter {
    /// Columns of one half of the target, or of all of it.
    private var half: Int { compare ? target.width / 2 : target.width }

    /// Paints rows of chroma and the rows of Y' that share them.
    func paint(
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
                        lines.row.luminance[x] = linear[code]
                        lines.row.root[x] = root[code]
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
            lines.row.red[x] = SRGBTransfer.shared.decode(encoded.0)
            lines.row.green[x] = SRGBTransfer.shared.decode(encoded.1)
            lines.row.blue[x] = SRGBTransfer.shared.decode(encoded.2)
        }
        lines.row.readColors()
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
