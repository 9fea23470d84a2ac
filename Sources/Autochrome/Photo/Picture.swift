internal import CVips

/// A picture made by the program: 8-bit RGB.
package struct Picture: Sendable {
    /// Pixels across.
    package let width: Int
    /// Pixels down.
    package let height: Int
    /// `[height, width, 3]`, interleaved, sRGB-encoded.
    package var pixels: [UInt8]

    /// - Parameters:
    ///   - width: pixels across.
    ///   - height: pixels down.
    ///   - pixels: `[height, width, 3]`.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height * 3, "a picture holds width * height * 3")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A picture of one grey.
    package init(width: Int, height: Int, grey: UInt8) {
        self.init(
            width: width, height: height,
            pixels: Array(repeating: grey, count: width * height * 3))
    }

    /// The picture as a PNG file.
    ///
    /// - Throws: `PhotoError.unwritable` when there is no memory for it.
    package func png() throws(PhotoError) -> [UInt8] {
        try PhotoLibrary.start()
        return try encoded("PNG") { file, message in
            cvips_encode_png(pixels, Int32(width), Int32(height), file, message)
        }
    }

    /// The picture as a JPEG file: chroma at half the size, no metadata.
    ///
    /// - Parameter quality: 1...100.
    /// - Throws: `PhotoError.unwritable` when there is no memory for it.
    package func jpeg(quality: Int) throws(PhotoError) -> [UInt8] {
        try encoded("JPEG") { file, message in
            cvips_encode_jpeg(
                pixels, Int32(width), Int32(height), Int32(quality), file, message)
        }
    }

    /// Takes over the file that `encode` makes.
    private func encoded(
        _ format: String,
        _ encode: (
            UnsafeMutablePointer<CVipsBytes>,
            UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
        ) -> Int32
    ) throws(PhotoError) -> [UInt8] {
        var file = CVipsBytes()
        var message: UnsafeMutablePointer<CChar>?
        let status = encode(&file, &message)
        let reason = PhotoLibrary.taking(message)
        guard status == 0, let bytes = file.bytes else {
            throw .unwritable(file: format, reason: reason)
        }
        defer { cvips_free(UnsafeMutableRawPointer(mutating: bytes)) }
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: file.count))
    }
}
