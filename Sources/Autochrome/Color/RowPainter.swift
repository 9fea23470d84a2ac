/// Paints rows of a photograph with the colours of a guided upsampling.
///
/// The inner loop of the program: sRGB codes -> L* -> a*b* from the upsampled coefficients ->
/// sRGB codes in gamut, eight pixels at a time, once for every pixel of the photograph. Rows may
/// be painted from several threads at once.
package struct RowPainter: Sendable {
    private let upsampling: GuidedUpsampling
    private let saturation: Float
    private let transfer = SRGBTransfer.shared

    /// f(Y) of the 256 grey codes of 8 bits.
    private let grey8: [Float]

    /// - Parameters:
    ///   - upsampling: the colours.
    ///   - saturation: what a* and b* are multiplied by.
    package init(upsampling: GuidedUpsampling, saturation: Float) {
        self.upsampling = upsampling
        self.saturation = saturation
        grey8 = transfer.linear8.map { Lab.f(Lab.Vector(repeating: $0))[0] }
    }

    /// Fills the row's output with its colours; alpha is left alone.
    package func paint(_ row: PhotoRow) {
        withRowPlanes(row) { planes in
            if row.bitDepth == 8 {
                read(row.input.assumingMemoryBound(to: UInt8.self), row, planes)
                mapColors(planes)
                write(planes, to: row.output.assumingMemoryBound(to: UInt8.self), row)
            } else {
                read(row.input.assumingMemoryBound(to: UInt16.self), row, planes)
                mapColors(planes)
                write(planes, to: row.output.assumingMemoryBound(to: UInt16.self), row)
            }
        }
    }
}

extension RowPainter {
    private func read(_ input: UnsafeBufferPointer<UInt8>, _ row: PhotoRow, _ planes: RowPlanes) {
        transfer.linear8.withUnsafeBufferPointer { linear in
            guard row.inputBands < 3 else {
                return readLuminance(input, row, linear: linear, into: planes)
            }
            grey8.withUnsafeBufferPointer { grey in
                for x in 0..<row.width {
                    let code = Int(input[x * row.inputBands])
                    planes.y[x] = linear[code]
                    planes.fy[x] = grey[code]
                }
            }
        }
    }

    private func read(_ input: UnsafeBufferPointer<UInt16>, _ row: PhotoRow, _ planes: RowPlanes) {
        transfer.linear16.withUnsafeBufferPointer { linear in
            guard row.inputBands < 3 else {
                return readLuminance(input, row, linear: linear, into: planes)
            }
            for x in 0..<row.width { planes.y[x] = linear[Int(input[x * row.inputBands])] }
            fillF(planes)
        }
    }

    private func write(
        _ planes: RowPlanes, to output: UnsafeMutableBufferPointer<UInt8>, _ row: PhotoRow
    ) {
        transfer.code8.withUnsafeBufferPointer { codes in
            for x in 0..<row.width {
                let pixel = x * row.outputBands
                output[pixel] = codes[Self.index(planes.red[x])]
                output[pixel + 1] = codes[Self.index(planes.green[x])]
                output[pixel + 2] = codes[Self.index(planes.blue[x])]
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
        _ planes: RowPlanes, to output: UnsafeMutableBufferPointer<UInt16>, _ row: PhotoRow
    ) {
        for x in 0..<row.width {
            let pixel = x * row.outputBands
            output[pixel] = UInt16(transfer.encode(planes.red[x]) * 65535 + 0.5)
            output[pixel + 1] = UInt16(transfer.encode(planes.green[x]) * 65535 + 0.5)
            output[pixel + 2] = UInt16(transfer.encode(planes.blue[x]) * 65535 + 0.5)
        }
    }
}

extension RowPainter {
    /// One row's planes, each of a whole number of vectors: Y and f(Y) in, the coefficients of
    /// a* and b* beside them, linear red, green and blue out.
    private struct RowPlanes {
        let y: UnsafeMutableBufferPointer<Float>
        let fy: UnsafeMutableBufferPointer<Float>
        let coefficients: UnsafeMutableBufferPointer<Float>
        let red: UnsafeMutableBufferPointer<Float>
        let green: UnsafeMutableBufferPointer<Float>
        let blue: UnsafeMutableBufferPointer<Float>
        let stride: Int
    }

    private func withRowPlanes(_ row: PhotoRow, _ body: (RowPlanes) -> Void) {
        let lanes = Lab.Vector.scalarCount
        // A vector more than the row has, for the last stretch of an interpolation.
        let stride = (row.width + lanes - 1) / lanes * lanes + lanes
        withUnsafeTemporaryAllocation(
            byteCount: 9 * stride * MemoryLayout<Float>.stride,
            alignment: MemoryLayout<Lab.Vector>.alignment
        ) { raw in
            let memory = raw.bindMemory(to: Float.self)
            memory.initialize(repeating: 0)
            func plane(_ index: Int, _ count: Int = 1) -> UnsafeMutableBufferPointer<Float> {
                .init(rebasing: memory[index * stride..<(index + count) * stride])
            }
            let planes = RowPlanes(
                y: plane(0), fy: plane(1), coefficients: plane(2, 4), red: plane(6),
                green: plane(7), blue: plane(8), stride: stride)
            upsampling.fill(
                planes.coefficients, stride: stride, y: row.y, columns: row.x..<row.x + row.width)
            body(planes)
        }
    }

    /// Y and f(Y) of colour pixels.
    @inline(__always)
    private func readLuminance<Code: FixedWidthInteger>(
        _ input: UnsafeBufferPointer<Code>, _ row: PhotoRow,
        linear: UnsafeBufferPointer<Float>, into planes: RowPlanes
    ) {
        for x in 0..<row.width {
            let pixel = x * row.inputBands
            planes.red[x] = linear[Int(input[pixel])]
            planes.green[x] = linear[Int(input[pixel + 1])]
            planes.blue[x] = linear[Int(input[pixel + 2])]
        }
        forEachVector(planes) { x in
            let luminance = Lab.luminance(
                load(planes.red, x), load(planes.green, x), load(planes.blue, x))
            store(luminance, planes.y, x)
        }
        fillF(planes)
    }

    private func fillF(_ planes: RowPlanes) {
        forEachVector(planes) { x in store(Lab.f(load(planes.y, x)), planes.fy, x) }
    }

    /// Linear red, green and blue of the row, in gamut.
    private func mapColors(_ planes: RowPlanes) {
        let (c, stride) = (planes.coefficients, planes.stride)
        forEachVector(planes) { x in
            let fy = load(planes.fy, x)
            let lightness = 116 * fy - 16
            let a = load(c, x) * lightness + load(c, stride + x)
            let b = load(c, 2 * stride + x) * lightness + load(c, 3 * stride + x)
            let rgb = GamutMapping.linear(
                y: load(planes.y, x), fy: fy, dx: a * (saturation / 500),
                dz: b * (saturation / -200))
            store(rgb.0, planes.red, x)
            store(rgb.1, planes.green, x)
            store(rgb.2, planes.blue, x)
        }
    }

    @inline(__always)
    private func forEachVector(_ planes: RowPlanes, _ body: (Int) -> Void) {
        for x in stride(from: 0, to: planes.stride, by: Lab.Vector.scalarCount) { body(x) }
    }

    @inline(__always)
    private func load(_ plane: UnsafeMutableBufferPointer<Float>, _ x: Int) -> Lab.Vector {
        UnsafeRawPointer(plane.baseAddress! + x).loadUnaligned(as: Lab.Vector.self)
    }

    @inline(__always)
    private func store(
        _ vector: Lab.Vector, _ plane: UnsafeMutableBufferPointer<Float>, _ x: Int
    ) {
        UnsafeMutableRawPointer(plane.baseAddress! + x).storeBytes(of: vector, as: Lab.Vector.self)
    }
}
