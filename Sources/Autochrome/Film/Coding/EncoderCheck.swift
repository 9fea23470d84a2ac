/// Asks ffmpeg what it can write.
enum EncoderCheck {
    /// ffmpeg's encoder for the codec.
    ///
    /// - Throws: `FilmError` when it has none, or none for the pixel format or with the rate factor
    ///   that was asked for.
    static func encoder(for options: FilmOptions) async throws -> String {
        let codec = options.codec
        let listed = try await MediaTool.run("ffmpeg", MediaTool.quiet + ["-encoders"])
        let names = Set(
            String(decoding: listed.output, as: UTF8.self).split(separator: "\n").compactMap {
                $0.split(separator: " ").dropFirst().first.map(String.init)
            })
        guard let encoder = codec.encoders.first(where: names.contains) else {
            throw FilmError.noEncoder(codec, program: try await version())
        }
        guard options.rateFactor == nil || codec.takesRateFactor(encoder) else {
            throw FilmError.rateFactor(codec, encoder: encoder)
        }
        guard let pixelFormat = options.pixelFormat else { return encoder }
        let possible = try await pixelFormats(of: encoder)
        guard possible.isEmpty || possible.contains(pixelFormat) else {
            throw FilmError.pixelFormat(pixelFormat, codec, possible: possible)
        }
        return encoder
    }

    private static func pixelFormats(of encoder: String) async throws -> [String] {
        let help = try await MediaTool.run("ffmpeg", ["-hide_banner", "-h", "encoder=\(encoder)"])
        let line = String(decoding: help.output, as: UTF8.self).split(separator: "\n")
            .first { $0.contains("Supported pixel formats:") }
        let list = line?.split(separator: ":").last ?? ""
        return list.split(separator: " ").map(String.init)
    }

    private static func version() async throws -> String {
        let told = try await MediaTool.run("ffmpeg", ["-version"])
        let words = String(decoding: told.output, as: UTF8.self).split(separator: " ").prefix(3)
        return words.joined(separator: " ")
    }
}
