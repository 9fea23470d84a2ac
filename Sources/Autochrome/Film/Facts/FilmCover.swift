internal import SystemPackage

/// A picture that stands for a film, which Matroska keeps as a file.
struct FilmCover: Sendable {
    /// The form of a stream that goes in as a file.
    static let form = "attachment"

    private let index: Int
    private let name: String
    private let type: String

    /// Nil where the picture is of a kind of which there are no files.
    init?(_ stream: FilmFacts.Stream) {
        guard let codec = stream.codecName, let kind = Self.kinds[codec] else { return nil }
        func tag(_ name: String) -> String? {
            stream.tags?.first { $0.key.lowercased() == name }?.value
        }
        index = stream.index
        name = tag("filename") ?? "cover.\(kind.fileExtension)"
        type = tag("mimetype") ?? "image/\(kind.type)"
    }

    /// By ffmpeg's name of what decodes it.
    private static let kinds: [String: (fileExtension: String, type: String)] = [
        "mjpeg": ("jpg", "jpeg"), "png": ("png", "png"),
        "gif": ("gif", "gif"), "bmp": ("bmp", "bmp"), "tiff": ("tif", "tiff"),
        "webp": ("webp", "webp"),
    ]

    /// Writes it into a file.
    ///
    /// - Throws: `FilmError.unwritable`
    func extract(from film: FilePath, to file: FilePath) async throws {
        var arguments = MediaTool.quiet
        arguments += ["-y", "-i", MediaArgument(film), "-map", "0:\(index)", "-c", "copy"]
        arguments += ["-frames", "1", "-f", "data", MediaArgument(file)]
        let (_, ending) = try await MediaTool.run("ffmpeg", arguments)
        guard ending.isGood, !ending.isFullDisk else {
            throw FilmError.unwritable(file, reason: ending.reason)
        }
    }

    /// ffmpeg's options that say what the file is.
    ///
    /// - Parameter position: its number among the attachments.
    func tags(at position: Int) -> [String] {
        [
            "-metadata:s:t:\(position)", "filename=\(name)", "-metadata:s:t:\(position)",
            "mimetype=\(type)",
        ]
    }
}
