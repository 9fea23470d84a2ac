internal import CVips

/// The kinds of image file that are read and written.
public enum PhotoFormat: String, CaseIterable, Sendable {
    case jpeg, png, tiff, webp, heic, avif, jxl

    /// The facts of each format, a row each. A file's format is identified by its content in
    /// `init(content:)`; all else that depends on the format follows from here.
    private var row: Row {
        switch self {
        case .jpeg:
            Row(
                "JPEG", ["jpg", "jpeg", "jpe", "jfif"], CVIPS_JPEG, quality: 92,
                longestSide: 65_535, bitDepth: 8, hasAlpha: false, hasIPTC: true)
        case .png:
            Row("PNG", ["png"], CVIPS_PNG, quality: nil, longestSide: 10_000_000, hasIPTC: true)
        case .tiff:
            Row(
                "TIFF", ["tif", "tiff"], CVIPS_TIFF, quality: nil, longestSide: 10_000_000,
                hasIPTC: true)
        case .webp:
            Row(
                "WebP", ["webp"], CVIPS_WEBP, quality: 90, longestSide: 16_383, bitDepth: 8,
                isLosslessAt100: true)
        case .heic:
            Row("HEIC", ["heic", "heif", "hif"], CVIPS_HEIF, quality: 80, longestSide: 16_384)
        case .avif:
            Row("AVIF", ["avif"], CVIPS_HEIF, quality: 80, longestSide: 16_384)
        case .jxl:
            Row(
                "JPEG XL", ["jxl"], CVIPS_JXL, quality: 90, longestSide: 10_000_000,
                isLosslessAt100: true)
        }
    }

    private struct Row {
        let name: String
        let fileExtensions: [String]
        let container: CVipsContainer
        let quality: Int?
        let longestSide: Int
        let bitDepth: Int
        let hasAlpha: Bool
        let hasIPTC: Bool
        let isLosslessAt100: Bool

        init(
            _ name: String, _ fileExtensions: [String], _ container: CVipsContainer,
            quality: Int?, longestSide: Int, bitDepth: Int = 16, hasAlpha: Bool = true,
            hasIPTC: Bool = false, isLosslessAt100: Bool = false
        ) {
            (self.name, self.fileExtensions) = (name, fileExtensions)
            (self.container, self.quality) = (container, quality)
            (self.longestSide, self.bitDepth) = (longestSide, bitDepth)
            (self.hasAlpha, self.hasIPTC) = (hasAlpha, hasIPTC)
            self.isLosslessAt100 = isLosslessAt100
        }
    }

    /// The format's name as people write it.
    package var name: String { row.name }

    /// Lower-case file extensions without the dot; the first is the one written.
    package var fileExtensions: [String] { row.fileExtensions }

    /// The extension written, lower-case and without the dot.
    package var fileExtension: String { fileExtensions[0] }

    /// The media type that IANA registers for it.
    package var mediaType: String { "image/\(rawValue)" }

    /// libvips' name of the container, which HEIC and AVIF share.
    var container: CVipsContainer { row.container }

    /// Whether `PhotoWriteOptions.quality` means something: not where nothing is lost.
    package var hasQuality: Bool { defaultQuality != nil }

    /// The quality written when none is asked for, 1...100 on the format's own
    /// scale; nil for PNG and TIFF, which lose nothing.
    package var defaultQuality: Int? { row.quality }

    /// Whether a quality of 100 loses nothing.
    package var isLosslessAt100: Bool { row.isLosslessAt100 }

    /// Whether files of this format keep transparency.
    package var hasAlpha: Bool { row.hasAlpha }

    /// The most bits a sample written: HEIC and AVIF keep 10 and 12 of 16.
    package var bitDepth: Int { row.bitDepth }

    /// Whether files have a place for IPTC datasets; elsewhere they become XMP.
    var hasIPTC: Bool { row.hasIPTC }

    /// The longest side, in pixels, that the format can hold.
    package var longestSide: Int { row.longestSide }

    /// The format that a file extension, with or without capitals, stands for.
    package init?(fileExtension: String) {
        let lowercased = fileExtension.lowercased()
        guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(lowercased) })
        else { return nil }
        self = format
    }

    /// The names of formats as a sentence has them: "JPEG, PNG and TIFF".
    package static func list(_ formats: [PhotoFormat]) -> String {
        let names = formats.map(\.name)
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
