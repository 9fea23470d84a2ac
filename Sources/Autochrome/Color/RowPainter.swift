/// Paints rows of a photograph with the colours of a guided upsampling.
///
/// sRGB codes -> L* -> a*b* from the upsampled coefficients -> sRGB codes in gamut, once for every
/// pixel of the photograph. Rows may be painted from several threads at once.
package struct RowPainter: Sendable {
    private let upsampling: GuidedUpsampling
    private let saturation: Float
    private let correction: HintCorrection?
    private let transfer = SRGBTransfer.shared

    /// f(Y) of the 256 grey codes of 8 bits.
    private let grey8: [Float]

    /// - Parameters:
    ///   - upsampling: the colours.
    ///   - saturation: what a* and b* are multiplied by.
    ///   - correction: lays hints' colours over these, which saturation leaves as they are.
    package init(
        upsampling: GuidedUpsampling, saturation: Float, correction: HintCorrection? = nil
    ) {
        self.upsampling = upsampling
        self.saturation = saturation
        self.correction = correction
        grey8 = transfer.linear8.map { Lab.f(Lab.Vector(repeating: $0))[0] }
    }

    /// Fills the row's output with its colours; alpha is left alone.
    package func paint(_ row: PhotoRow) {
        withColorRow(row) { lines in
            if row.bitDepth == 8 {
                read(row.input.assumingMemoryBound(to: UInt8.self), row, lines)
                color(lines, row)
                write(lines, to: row.output.assumingMemoryBound(to: UInt8.self), row)
            } else {
                read(row.input.assumingMemoryBound(to: UInt16.self), row, lines)
                color(lines, row)
                write(lines, to: row.output.assumingMemoryBound(to: UInt16.self), row)
            }
        }
    }

    private func color(_ lines: ColorRow, _ row: PhotoRow) {
        lines.color(
            by: upsampling, y: row.y, columns: row.x..<row.x + row.width, saturation: saturation,
            correction: correction)
    }
}

extension RowPainter {
    private func read(_ input: UnsafeBufferPointer<UInt8>, _ row: PhotoRow, _ lines: ColorRow) {
        transfer.linear8.withUnsafeBufferPointer { linear in
            guard row.inputBands < 3 else {
                return readColors(input, row, linear: linear, into: lines)
            }
            grey8.withUnsafeBufferPointer { grey in
                for x in 0..<row.width {
                    let code = Int(input[x * row.inputBands])
                    lines.luminance[x] = linear[code]
                    lines.root[x] = grey[code]
                }
            }
        }
    }

    private func read(_ input: UnsafeBufferPointer<UInt16>, _ row: PhotoRow, _ lines: ColorRow) {
        transfer.linear16.withUnsafeBufferPointer { linear in
            guard row.inputBands < 3 else {
                return readColors(input, row, linear: linear, into: lines)
            }
            for x in 0..<row.width { lines.luminance[x] = linear[Int(input[x * row.inputBands])] }
            lines.readLuminance()
        }
    }

    private func write(
        _ lines: ColorRow, to output: UnsafeMutableBufferPointer<UInt8>, _ row: PhotoRow
    ) {
        transfer.code8.withUnsafeBufferPointer { codes in
            for x in 0..<row.width {
                let pixel = x * row.outputBands
                output[pixel] = codes[Self.index(lines.red[x])]
                output[pixel + 1] = codes[Self.index(lines.green[x])]
                output[pixel + 2] = codes[Self.index(lines.blue[x])]
            }
        }
    }

    /// The nearest index of `code8` for linear light 0...1.
    ///
    /// Floats from 2^23 on are whole numbers, so the addition rounds, and the lowest bits of the
    /// sum are the index.
    @inline(__always)
    private static func index(_ linear: Float) -> Int {
        Int(truncatingIfNeeded: (linear * 16383 + 8_388_608).bitPattern & 0x3FFF)
    }

    private func write(
        _ lines: ColorRow, to output: UnsafeMutableBufferPointer<UInt16>, _ row: PhotoRow
    ) {
        for x in 0..<row.width {
            let pixel = x * row.outputBands
            output[pixel] = UInt16(transfer.encode(lines.red[x]) * 65535 + 0.5)
            output[pixel + 1] = UInt16(transfer.encode(lines.green[x]) * 65535 + 0.5)
            output[pixel + 2] = UInt16(transfer.encode(lines.blue[x]) * 65535 + 0.5)
        }
    }
}

extension RowPainter {
    private func withColorRow(_ row: PhotoRow, _ body: (ColorRow) -> Void) {
        let stride = ColorRow.stride(width: row.width)
        withUnsafeTemporaryAllocation(
            byteCount: ColorRow.lineCount * stride * MemoryLayout<Float>.stride,
            alignment: MemoryLayout<Lab.Vector>.alignment
        ) { raw in
            let memory = raw.bindMemory(to: Float.self)
            memory.initialize(repeating: 0)
            guard let start = memory.baseAddress else { return }
            body(ColorRow(start, stride: stride))
        }
    }

    /// Y and f(Y) of colour pixels.
    @inline(__always)
    private func readColors<Code: FixedWidthInteger>(
        _ input: UnsafeBufferPointer<Code>, _ row: PhotoRow,
        linear: UnsafeBufferPointer<Float>, into lines: ColorRow
    ) {
        for x in 0..<row.width {
            let pixel = x * row.inputBands
            lines.red[x] = linear[Int(input[pixel])]
            lines.green[x] = linear[Int(input[pixel + 1])]
            lines.blue[x] = linear[Int(input[pixel + 2])]
        }
        lines.readColors()
    }
}
