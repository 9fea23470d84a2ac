internal import CVips

/// A photograph's file in memory: the facts of its header, and its pixels as a square.
package final class PhotoData {
    /// Whose file this is, for messages.
    package let name: String

    /// In pixels, after the EXIF orientation.
    package let width: Int

    /// In pixels, after the EXIF orientation.
    package let height: Int

    /// Whether there is one channel, with or without transparency: no colour to learn.
    package let isGrey: Bool

    /// Whether the colours are stored as ink: cyan, magenta, yellow and black.
    package let isCMYK: Bool

    /// About how many bytes `square` needs while it works.
    package let memoryNeeded: Int

    private let handle: OpaquePointer

    /// Opens a file for as long as `body` works on it.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: whose file it is, for messages.
    ///   - cut: the square that will be asked for.
    ///   - body: takes the open photograph, which it must not keep.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits, and what `body`
    ///   throws.
    package static func with<Value>(
        _ bytes: [UInt8], name: String, cut: PhotoSquare.Cut,
        _ body: (PhotoData) throws(PhotoError) -> Value
    ) throws(PhotoError) -> Value {
        try PhotoLibrary.start()
        let format = try PhotoFormat(
            content: Array(bytes.prefix(PhotoFormat.signatureLength)), of: name)
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(PhotoError) in
                let data = CVipsBytes(bytes: buffer.baseAddress, count: buffer.count)
                return try body(PhotoData(data, format: format, name: name, cut: cut))
            }
        }
        return try result.get()
    }

    private init(
        _ data: CVipsBytes, format: PhotoFormat, name: String, cut: PhotoSquare.Cut
    ) throws(PhotoError) {
        var header = CVipsHeader()
        var (message, memory) = (UnsafeMutablePointer<CChar>?.none, Int64(0))
        var refusal: Int32 = 0
        var square = CVipsSquare(
            size: Int32(cut.size), from_corner: cut.isFromCorner ? 1 : 0,
            is_article: cut.isArticles ? 1 : 0)
        let opened = cvips_open_data(
            data, format.container, &square, &header, &memory, &refusal, &message)
        let detail = PhotoLibrary.taking(message)
        if let error = PhotoError(refusal: refusal, header, file: name, detail: detail) {
            throw error
        }
        guard let opened else { throw .damaged(file: name, detail: detail) }
        handle = opened
        self.name = name
        (width, height) = (Int(header.width), Int(header.height))
        isGrey = header.bands == 1
        isCMYK = Int(header.channels) - Int(header.has_alpha) == 4
        memoryNeeded = Int(memory)
    }

    deinit { cvips_close(handle) }

    /// Decodes the photograph and cuts the square out of it; to be called once.
    ///
    /// - Throws: `PhotoError.damaged` where any of the file is damaged or missing.
    package func square() throws(PhotoError) -> PhotoSquare {
        var message: UnsafeMutablePointer<CChar>?
        var (pixels, side) = (UnsafeMutablePointer<UInt8>?.none, Int32(0))
        let status = cvips_square(handle, &pixels, &side, &message)
        let detail = PhotoLibrary.taking(message)
        guard status == 0, let pixels else { throw .damaged(file: name, detail: detail) }
        defer { cvips_free(pixels) }
        let count = Int(side) * Int(side) * 3
        return PhotoSquare(
            side: Int(side), pixels: [UInt8](UnsafeBufferPointer(start: pixels, count: count)))
    }
}
