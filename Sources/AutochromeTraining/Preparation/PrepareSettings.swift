internal import Autochrome

/// Settings for the selection and processing of photographs.
package struct PrepareSettings: Codable, Equatable, Sendable {
    /// Position of the crop.
    package enum Crop: String, Codable, Sendable, CaseIterable {
        /// The largest square in the middle.
        case center
        /// The largest square in the upper left corner.
        case corner
    }

    /// Pixels of the squares' sides; less where a photograph has less.
    package var size = 512

    /// Position of the crop.
    package var crop = Crop.center

    /// The shorter side in pixels under which a photograph is left out.
    package var minSide = 128

    /// Whether photographs of all formats are taken, not JPEG alone.
    package var anyFormat = false

    /// Whether photographs that look the same are all taken.
    package var keepDuplicates = false

    /// Whether all is done as the article does it.
    package var article = false

    /// Maximum number of files to read from the sources; nil for all.
    package var limit: Int?

    /// The size of tar shards in MiB; nil for a file a photograph.
    package var shards: Int?

    /// JPEG quality of the results, 1...100.
    package var quality = 90

    /// The defaults.
    package init() {}

    /// The article's way: JPEGs of more than one channel, the shorter side scaled to `size`, the
    /// upper left square, Pillow's quality of 75, and nothing else.
    package static var articles: PrepareSettings {
        var settings = PrepareSettings()
        settings.crop = .corner
        settings.minSide = 1
        settings.keepDuplicates = true
        settings.article = true
        settings.quality = 75
        return settings
    }

    /// Crop and scaling of photographs.
    var cut: PhotoSquare.Cut {
        PhotoSquare.Cut(size: size, isFromCorner: crop == .corner, isArticles: article)
    }

    /// Differences from `other`, as in "--size 256 instead of 512".
    func differences(from other: PrepareSettings) -> [String] {
        let pairs: [(String, String, String)] = [
            ("--size", "\(size)", "\(other.size)"),
            ("--crop", crop.rawValue, other.crop.rawValue),
            ("--min-side", "\(minSide)", "\(other.minSide)"),
            ("--any-format", "\(anyFormat)", "\(other.anyFormat)"),
            ("--keep-duplicates", "\(keepDuplicates)", "\(other.keepDuplicates)"),
            ("--article", "\(article)", "\(other.article)"),
            ("--limit", limit.map(String.init) ?? "none", other.limit.map(String.init) ?? "none"),
            (
                "--shards", shards.map(String.init) ?? "none",
                other.shards.map(String.init) ?? "none"
            ),
            ("JPEG quality", "\(quality)", "\(other.quality)"),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) instead of \($0.2)" }
    }
}
