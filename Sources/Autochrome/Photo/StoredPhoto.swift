internal import CVips

/// A photograph whose file is in memory: the facts of its header, and its pixels.
package struct StoredPhoto: ScalablePhoto {
    /// Whose file this is, for messages.
    package let name: String
    /// In pixels, after the EXIF orientation.
    package let width: Int
    /// In pixels, after the EXIF orientation.
    package let height: Int
    private let bands: Int
    private let content: PhotoContent
    private let format: PhotoFormat

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: whose file it is, for messages.
    /// - Throws: `PhotoError` for anything but a photograph of 8 or 16 bits.
    package init(_ bytes: [UInt8], name: String) throws(PhotoError) {
        try PhotoLibrary.start()
        let format = try PhotoFormat(
            content: Array(bytes.prefix(PhotoFormat.signatureLength)), of: name)
        content = .bytes(bytes)
        let header = try content.header(format, name: name)
        (width, height) = (Int(header.width), Int(header.height))
        bands = Int(header.bands)
        (self.name, self.format) = (name, format)
    }

    /// The whole upright photograph, scaled to exactly `width` x `height`, in sRGB; alpha is
    /// ignored.
    ///
    /// - Throws: `PhotoError.damaged` where the data end early.
    package func scaled(width: Int, height: Int) throws(PhotoError) -> ScaledPhoto {
        try content.scaled(format, name: name, bands: bands, width: width, height: height)
    }
}
