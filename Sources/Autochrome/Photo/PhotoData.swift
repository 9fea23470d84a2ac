internal import CVips

/// A photograph's file in memory: the facts of its header, and its pixels as a square.
package struct PhotoData: Sendable {
    /// Whose file this is, for messages.
    package let name: String

    /// By content.
    package let format: PhotoFormat

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

    private let bytes: [UInt8]
    private let cut: PhotoSquare.Cut

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: whose file it is, for messages.
    ///   - cut: the square that will be asked for.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits.
    package init(_ bytes: [UInt8], name: String, cut: PhotoSquare.Cut) throws(PhotoError) {
        try PhotoLibrary.start()
        guard let format = PhotoFormat(content: Array(bytes.prefix(PhotoFormat.signatureLength)))
        else { throw .notAPhoto(file: name) }
        var header = CVipsHeader()
        var (message, memory) = (UnsafeMutablePointer<CChar>?.none, Int64(0))
        let refusal = bytes.withUnsafeBytes { buffer in
            var square = cut.square
            return cvips_read_data_header(
                CVipsBytes(bytes: buffer.baseAddress, count: buffer.count), format.container,
                &square, &header, &memory, &message)
        }
        let detail = PhotoLibrary.taking(message)
        guard refusal == 0 else {
            throw .damaged(
                file: name, detail: detail.isEmpty ? "\(header.channels) channels" : detail)
        }
        (self.bytes, self.name, self.format, self.cut) = (bytes, name, format, cut)
        (width, height) = (Int(header.width), Int(header.height))
        isGrey = header.bands == 1
        isCMYK = Int(header.channels) - Int(header.has_alpha) == 4
        memoryNeeded = Int(memory)
    }

    /// Decodes the photograph and cuts the square out of it.
    ///
    /// - Throws: `PhotoError.damaged` where any of the file is damaged or missing.
    package func square() throws(PhotoError) -> PhotoSquare {
        var message: UnsafeMutablePointer<CChar>?
        var (pixels, side) = (UnsafeMutablePointer<UInt8>?.none, Int32(0))
        let status = bytes.withUnsafeBytes { buffer in
            var square = cut.square
            return cvips_square(
                CVipsBytes(bytes: buffer.baseAddress, count: buffer.count), format.container,
                &square, &pixels, &side, &message)
        }
        let detail = PhotoLibrary.taking(message)
        guard status == 0, let pixels else { throw .damaged(file: name, detail: detail) }
        defer { cvips_free(pixels) }
        let count = Int(side) * Int(side) * 3
        return PhotoSquare(
            side: Int(side), pixels: [UInt8](UnsafeBufferPointer(start: pixels, count: count)))
    }
}

extension PhotoSquare.Cut {
    fileprivate var square: CVipsSquare {
        CVipsSquare(
            size: Int32(size), from_corner: isFromCorner ? 1 : 0, is_article: isArticles ? 1 : 0)
    }
}
