/// How the pictures of a coloured film are compressed.
package enum FilmCodec: String, Sendable, CaseIterable {
    /// H.264, which every player shows.
    case h264

    /// H.265: smaller, slower.
    case hevc

    /// AV1: smaller still, for the web.
    case av1

    /// FFV1, which loses nothing: for archives.
    case ffv1

    /// ProRes 422 HQ, for editing.
    case prores

    /// As people write it.
    package var name: String {
        switch self {
        case .h264: "H.264"
        case .hevc: "HEVC"
        case .av1: "AV1"
        case .ffv1: "FFV1"
        case .prores: "ProRes"
        }
    }

    /// ffmpeg's encoders for it, the one to be preferred first.
    package var encoders: [String] {
        switch self {
        case .h264: ["libx264", "libopenh264"]
        case .hevc: ["libx265"]
        case .av1: ["libsvtav1", "libaom-av1"]
        case .ffv1: ["ffv1"]
        case .prores: ["prores_ks"]
        }
    }

    /// The rate factor where none is asked for; nil where there is no such thing.
    package var defaultRateFactor: Int? {
        switch self {
        case .h264: 18
        case .hevc: 20
        case .av1: 28
        case .ffv1, .prores: nil
        }
    }

    /// Whether an encoder of this codec takes a rate factor.
    func takesRateFactor(_ encoder: String) -> Bool {
        defaultRateFactor != nil && encoder != "libopenh264"
    }

    /// The largest rate factor.
    package var rateFactorLimit: Int { self == .av1 ? 63 : 51 }

    /// The pixel format where none is asked for.
    ///
    /// - Parameter depth: bits of a sample of the source. Only the formats of archives keep more
    ///   than 8: many players show nothing else.
    func pixelFormat(depth: Int) -> String {
        switch self {
        case .h264, .hevc, .av1: "yuv420p"
        case .ffv1: depth > 8 ? "yuv444p10le" : "yuv444p"
        case .prores: "yuv422p10le"
        }
    }

    /// Whether the codec's encoders write these primaries, by ffprobe's name.
    func takes(primaries: String) -> Bool {
        primaries != "ebu3213" || !(self == .h264 || self == .hevc)
    }

    /// Extensions of the containers that hold it, the one to be preferred first.
    package var containers: [String] {
        switch self {
        case .h264, .hevc: ["mp4", "mkv", "mov", "m4v"]
        case .av1: ["mp4", "mkv", "webm", "m4v"]
        case .ffv1: ["mkv", "mov"]
        case .prores: ["mov", "mkv"]
        }
    }

    /// The container of the segments that are joined at the end: one that keeps exact times.
    var segmentContainer: String { self == .ffv1 || self == .prores ? "mov" : "mp4" }

    /// ffmpeg's options for the encoder.
    func arguments(encoder: String, rateFactor: Int?) -> [String] {
        let factor = (rateFactor ?? defaultRateFactor).map { ["-crf", "\($0)"] } ?? []
        let own =
            switch encoder {
            // It takes no rate factor, which `EncoderCheck` refuses.
            case "libopenh264": ["-b:v", "8M"]
            case "libx265": factor + ["-tag:v", "hvc1", "-x265-params", "log-level=error"]
            case "libsvtav1": factor + ["-preset", "8"]
            case "libaom-av1": factor + ["-b:v", "0", "-cpu-used", "6", "-row-mt", "1"]
            case "ffv1": ["-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1"]
            case "prores_ks": ["-profile:v", "3", "-vendor", "apl0"]
            default: factor
            }
        return ["-c:v", encoder] + own
    }
}
