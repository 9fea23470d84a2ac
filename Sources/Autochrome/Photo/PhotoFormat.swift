internal import CVips

/// The kinds of image file that are read and written.
public enum PhotoFormat: String, CaseIterable, Sendable {
    case jpeg, png, tiff, webp, heic, avif, jxl

    /// Lower-case file extensions without the dot; the first is the one written.
    package var fileExtensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .png: ["png"]
        case .tiff: ["tif", "tiff"]
        case .webp: ["webp"]
        case .heic: ["heic", "heif", "hif"]
        case .avif: ["avif"]
        case .jxl: ["jxl"]
        }
    }

    /// The extension written, lower-case and without the dot.
    package var fileExtension: String { fileExtensions[0] }

    /// The format's name as people write it.
    package var name: String {
        switch self {
        case .jxl: "JPEG XL"
        case .webp: "WebP"
        default: rawValue.uppercased()
        }
    }

    /// Whether `PhotoWriteOptions.quality` means something: not where nothing is lost.
    package var hasQuality: Bool { defaultQuality != nil }

    /// The quality written when none is asked for, 1...100 on the format's own
    /// scale; nil for PNG and TIFF, which lose nothing.
    package var defaultQuality: Int? {
        switch self {
        case .jpeg: 92
        case .png, .tiff: nil
        case .webp, .jxl: 90
        case .heic, .avif: 80
        }
    }

    /// Whether files of this format keep transparency.
    package var hasAlpha: Bool { self != .jpeg }

    /// The most bits a sample written: HEIC and AVIF keep 10 and 12 of 16.
    package var bitDepth: Int { self == .jpeg || self == .webp ? 8 : 16 }

    /// libvips' name of the container, which HEIC and AVIF share.
    var container: CVipsContainer {
        switch self {
        case .jpeg: CVIPS_JPEG
        case .png: CVIPS_PNG
        case .tiff: CVIPS_TIFF
        case .webp: CVIPS_WEBP
        case .heic, .avif: CVIPS_HEIF
        case .jxl: CVIPS_JXL
        }
    }

    /// The longest side, in pixels, that the format can hold.
    package var longestSide: Int {
        switch self {
        case .jpeg: 65_535
        case .webp: 16_383
        case .heic, .avif: 16_384
        case .png, .tiff, .jxl: 10_000_000
        }
    }

    /// The format that a file extension, with or without capitals, stands for.
    package init?(fileExtension: String) {
        let lowercased = fileExtension.lowercased()
        guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(lowercased) })
        else { return nil }
        self = format
    }
}
