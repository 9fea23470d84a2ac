/// In which form frames are asked of the decoder: the film's own codes, unchanged, wherever they
/// are planes of Y', Cb and Cr.
struct SourceFrames: Sendable {
    /// ffmpeg's name of the pixel format.
    let pixelFormat: String

    /// What its codes mean.
    let colors: FrameColors

    /// ffmpeg's filter to get there, for films that are not in Y'.
    let filter: String?

    init(_ stream: FilmFacts.Stream) {
        let own = stream.pixFmt ?? "yuv420p"
        let name = Self.planar[own] ?? Self.littleEndian(own).replacing("yuva", with: "yuv")
        if let format = FrameFormat(name: name, width: 2, height: 2) {
            pixelFormat = name
            let isFull = !format.hasChroma || name.hasPrefix("yuvj") ? true : nil
            colors = FrameColors(stream, isFullRange: isFull)
            filter = nil
        } else {
            // R'G'B', of which Y' of 10 bits keeps the lightness.
            pixelFormat = "yuv444p10le"
            colors = FrameColors(stream, isFullRange: true, matrix: "bt709")
            filter = "scale=out_color_matrix=bt709:out_range=pc"
        }
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
