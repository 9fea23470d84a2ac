internal import CVips
package import SystemPackage

/// A photograph on disk: the facts of its header, and passes over its pixels.
///
/// Each pass reopens the file, so a `PhotoFile` crosses threads freely.
package struct PhotoFile: Sendable {
    /// Where it is, and its name in messages.
    package let file: PhotoPath
    /// By content, whatever the name.
    package let format: PhotoFormat
    /// In pixels, after the EXIF orientation.
    package let width: Int
    /// In pixels, after the EXIF orientation.
    package let height: Int
    /// 8 or 16: what rows carry. 10 and 12 bits of HEIC and AVIF come as 16.
    package let bitDepth: Int
    /// Colour samples a pixel once converted to sRGB: 1 for grey, else 3.
    package let bands: Int
    /// Whether it has an alpha channel.
    package let hasAlpha: Bool
    /// Sentences, each naming the file, on what is left out or guessed.
    package let warnings: [String]

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: its name in messages; nil for the path.
    ///   - maxPixels: the most pixels a photograph may have where its decoder
    ///     holds all of them at once: WebP, HEIC, AVIF, JPEG XL, progressive
    ///     JPEG, interlaced PNG, and whatever must be turned upright.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits.
    package init(path: FilePath, name: String? = nil, maxPixels: Int) throws(PhotoError) {
        try PhotoLibrary.start()
        file = PhotoPath(path, name: name)
        let signature = try FileSignature(of: file)
        let container = try PhotoFormat(content: signature.bytes, of: file.name)
        let header = try PhotoContent.path(path).header(container, name: file.name)
        // A file of brand "mif1" alone does not say which codec it holds.
        let format: PhotoFormat =
            container == .heic || container == .avif
            ? (header.is_av1 != 0 ? .avif : .heic) : container
        guard Self.canHold(header, as: format, bytes: signature.fileSize) else {
            throw .damaged(
                file: file.name,
                detail: "\(signature.fileSize) bytes are too few for a photograph of "
                    + "\(header.width) x \(header.height) pixels")
        }
        self.format = format
        width = Int(header.width)
        height = Int(header.height)
        bitDepth = Int(header.bits)
        bands = Int(header.bands)
        hasAlpha = header.has_alpha != 0
        let isAnimation = format == .jxl ? try JXLContent.isAnimation(file) : false
        warnings =
            Self.warnings(for: header, file: file.name)
            + (isAnimation
                ? ["\(file.name): an animated JPEG XL; only its last frame is coloured."] : [])
        guard header.decodes_whole == 0 || width * height <= maxPixels else {
            throw .tooLarge(file: file.name, width: width, height: height, limit: maxPixels)
        }
    }

    /// Whether so many bytes can hold a photograph of these pixels.
    ///
    /// JPEG's Huffman coding takes at least a bit for a block of 8 x 8; the decoder fills in grey
    /// for what is missing, billions of pixels of it. What is decoded whole takes up to 15 bytes a
    /// pixel (an animated WebP) before it turns out to be plain: past 64 megapixels, a gigabyte, a
    /// byte for a thousand pixels is asked for, a twentieth of what the poorest quality needs.
    private static func canHold(
        _ header: CVipsHeader, as format: PhotoFormat, bytes: Int
    ) -> Bool {
        let pixels = Int(header.width) * Int(header.height)
        if format == .jpeg, pixels > 8 * 64 * bytes { return false }
        return header.decodes_whole == 0 || pixels <= max(64_000_000, 1000 * bytes)
    }

    private static func warnings(for header: CVipsHeader, file: String) -> [String] {
        var warnings: [String] = []
        if header.pages > 1 {
            warnings.append("\(file): \(header.pages) pages; only the first is coloured.")
        } else if header.frames > 1 {
            warnings.append(
                "\(file): an animation of \(header.frames) frames; only the first is coloured.")
        }
        if header.left_out > 0 {
            warnings.append(
                "\(file): \(header.left_out) of its channels are neither colours nor transparency "
                    + "(infrared, masks); they are omitted.")
        }
        if header.profile == Int32(CVIPS_PROFILE_UNUSABLE) {
            warnings.append("\(file): its colour profile is unusable; sRGB is assumed.")
        }
        return warnings
    }
}

extension PhotoFile: ScalablePhoto {
    /// - Complexity: one decoding pass, streamed; JPEG is decoded at a half, a quarter or an
    ///   eighth of its size where that is enough.
    package func scaled(width: Int, height: Int) throws(PhotoError) -> ScaledPhoto {
        try PhotoContent.path(file.path).scaled(
            format, name: file.name, bands: bands, width: width, height: height)
    }
}
