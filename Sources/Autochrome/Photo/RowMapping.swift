internal import CVips

/// The way back from C: a closure over rows, with what it needs to know of them.
struct RowMapping {
    private let bitDepth: Int
    private let inputBands: Int
    private let outputBands: Int
    private let map: (PhotoRow) -> Void

    init(photo: PhotoFile, map: @escaping (PhotoRow) -> Void) {
        let alpha = photo.hasAlpha ? 1 : 0
        bitDepth = photo.bitDepth
        inputBands = photo.bands + alpha
        outputBands = 3 + alpha
        self.map = map
    }

    /// `context` points to a `RowMapping` that outlives the call.
    static func call(_ context: UnsafeMutableRawPointer?, row: UnsafePointer<CVipsRow>?) {
        guard let context, let row = row?.pointee else { return }
        context.assumingMemoryBound(to: RowMapping.self).pointee.call(row)
    }

    private func call(_ row: CVipsRow) {
        let width = Int(row.width)
        let bytes = width * bitDepth / 8
        map(
            PhotoRow(
                x: Int(row.x), y: Int(row.y), width: width, bitDepth: bitDepth,
                inputBands: inputBands, outputBands: outputBands,
                input: UnsafeRawBufferPointer(start: row.input, count: bytes * inputBands),
                output: UnsafeMutableRawBufferPointer(
                    start: row.output, count: bytes * outputBands)))
    }
}
