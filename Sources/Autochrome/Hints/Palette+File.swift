package import SystemPackage

extension Palette {
    /// The palette of a photograph in colour.
    ///
    /// - Parameters:
    ///   - path: the photograph.
    ///   - maxPixels: the most pixels of one that has to be decoded whole.
    /// - Throws: `PhotoError`; `HintsError.noColors` where it is not in colour.
    package init(ofPhotograph path: FilePath, maxPixels: Int) throws {
        try self.init(of: try PhotoFile(path: path, maxPixels: maxPixels))
    }

    /// The palette of a photograph in colour that was opened.
    ///
    /// - Parameter photo: the photograph.
    /// - Throws: `PhotoError`; `HintsError.noColors` where it is not in colour.
    package init(of photo: PhotoFile) throws {
        let size = WorkingSize(width: photo.width, height: photo.height, detail: Self.detail)
        let scaled = try photo.scaled(width: size.width, height: size.height)
        let planes = Lab.planes(
            of: scaled.values, channels: scaled.channels, width: size.width, height: size.height)
        guard ColorContent(planes) == .colored, let palette = Palette(of: planes) else {
            throw HintsError.noColors(file: photo.file.name)
        }
        self = palette
    }

    /// The shorter side at which a photograph's colours are counted.
    private static let detail = 256

    /// The palette as a file of hints, the largest shares first.
    package var file: [UInt8] {
        let colors = shares.enumerated().filter { $0.element > 0 }
            .sorted { ($0.element, $1.offset) > ($1.element, $0.offset) }
            .map { cell, share in
                let center = ColorBins.centers[cell]
                return "    { \"ab\": [\(Int(center.x)), \(Int(center.y))], \"share\": \(share) }"
            }
        let lines = ["{", "  \"version\": \(Hints.version),", "  \"palette\": ["]
        let text = lines + [colors.joined(separator: ",\n"), "  ]", "}", ""]
        return Array(text.joined(separator: "\n").utf8)
    }
}
