/// In which form frames are asked of the decoder: the film's own codes, unchanged, wherever they
/// are planes of Y', Cb and Cr.
struct SourceFrames: Sendable {
    /// ffmpeg's name of the pixel format.
    let pixelFormat: String

    /// What its codes mean.
    let colors: FrameColors

    /// Whether the film is not in Y' and is brought to it.
    let isConverted: Bool

    /// ffmpeg's filters to get there; nil where none are needed.
    let filter: String?

    /// - Parameter isDeinterlaced: whether the lines of two moments that a frame has are to be
    ///   parted first.
    init(_ stream: FilmFacts.Stream, isDeinterlaced: Bool) {
        var filters = isDeinterlaced ? [Self.deinterlacing(stream)] : []
        let own = stream.pixFmt ?? "yuv420p"
        let name = Self.planar[own] ?? Self.littleEndian(own).replacing("yuva", with: "yuv")
        if let format = FrameFormat(name: name, width: 2, height: 2) {
            pixelFormat = name
            // Grey has all codes where nothing is said; of HEVC and AV1 it often has not.
            let isFull = format.hasChroma ? false : stream.colorRange != "tv"
            colors = FrameColors(
                stream, isFullRange: isFull || name.hasPrefix("yuvj") ? true : nil)
            isConverted = false
        } else {
            // R'G'B', of which Y' of 10 bits keeps the lightness.
            pixelFormat = "yuv444p10le"
            colors = FrameColors(stream, isFullRange: true, matrix: "bt709")
            filters.append("scale=out_color_matrix=bt709:out_range=pc")
            isConverted = true
        }
        filter = filters.isEmpty ? nil : filters.joined(separator: ",")
    }

    /// What the codes of a result mean: as the film's, but that grey and R'G'B' become video's
    /// range, and whatever a player would take for it because the file cannot say otherwise.
    func written(
        of stream: FilmFacts.Stream, _ codec: FilmCodec, in container: FilmContainer
    ) -> FrameColors {
        let hasChroma = FrameFormat(name: pixelFormat, width: 2, height: 2)?.hasChroma ?? true
        let keepsRange = hasChroma && !isConverted && container.tellsRange(of: codec)
        return keepsRange ? colors : FrameColors(stream, isFullRange: false)
    }

    /// A frame for each frame, of the lines that were taken first (Weston 3-field with Bob).
    private static func deinterlacing(_ stream: FilmFacts.Stream) -> String {
        let first =
            switch stream.fieldOrder {
            case "tt", "bt": "tff"
            case "bb", "tb": "bff"
            default: "auto"
            }
        return "bwdif=mode=send_frame:parity=\(first):deint=all"
    }

    /// Planar formats for those that differ from them in the order of samples only.
    private static let planar = [
        "nv12": "yuv420p", "nv21": "yuv420p", "nv16": "yuv422p", "nv24": "yuv444p",
        "nv42": "yuv444p", "yuyv422": "yuv422p", "uyvy422": "yuv422p", "yvyu422": "yuv422p",
        "uyyvyy411": "yuv411p", "p010le": "yuv420p10le", "p010be": "yuv420p10le",
        "p210le": "yuv422p10le", "p410le": "yuv444p10le", "ya8": "gray",
    ]

    private static func littleEndian(_ name: String) -> String {
        name.hasSuffix("be") ? name.dropLast(2) + "le" : name
    }
}
