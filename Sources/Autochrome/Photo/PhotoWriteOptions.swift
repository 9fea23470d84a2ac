/// Options for writing a photograph.
package struct PhotoWriteOptions: Sendable {
    /// The format of the new file.
    package var format: PhotoFormat
    /// 1...100 on the format's own scale, where 100 loses nothing in WebP and
    /// JPEG XL; nil for its default. Only where `format.hasQuality`.
    package var quality: Int?
    /// Before and after side by side, twice as wide: the input in sRGB on the
    /// left, the mapped photograph on the right.
    package var compare: Bool
    /// Provenance of the colours, written to the file's metadata.
    package var provenance: Provenance

    /// Options for a format, at its own quality where none is given.
    package init(
        format: PhotoFormat, quality: Int? = nil, compare: Bool = false, provenance: Provenance
    ) {
        self.format = format
        self.quality = quality
        self.compare = compare
        self.provenance = provenance
    }
}
