internal import SystemPackage

/// The container of a result, by the extension of its name.
struct FilmContainer: Sendable {
    let fileExtension: String

    /// - Throws: `FilmError.container` when it does not hold pictures of the codec.
    init(of output: FilePath, _ codec: FilmCodec) throws(FilmError) {
        fileExtension = (output.extension ?? "").lowercased()
        guard codec.containers.contains(fileExtension) else {
            throw .container(output, codec, possible: codec.containers)
        }
    }

    /// ffmpeg's name of what writes it.
    var muxer: String {
        switch fileExtension {
        case "mkv": "matroska"
        case "mov", "webm": fileExtension
        default: "mp4"
        }
    }

    /// Whether it is MP4, or QuickTime, from which that descends.
    var isMP4: Bool { muxer == "mp4" || muxer == "mov" }

    /// Whether a file says that its codes go from 0 to the largest. ProRes never do, and FFV1 has
    /// no word for it, nor has QuickTime.
    func tellsRange(of codec: FilmCodec) -> Bool {
        switch codec {
        case .h264, .hevc, .av1: true
        case .ffv1: muxer == "matroska"
        case .prores: false
        }
    }

    /// In which forms a stream may go in, by ffmpeg's names of encoders, the best first; a cover
    /// goes into Matroska as a file.
    func forms(of stream: FilmFacts.Stream) -> [String] {
        switch stream.codecType {
        case "audio": ["copy", muxer == "webm" ? "libopus" : "aac"]
        case "subtitle": ["copy", text]
        case "attachment" where muxer == "matroska": ["copy"]
        case "video" where stream.isCover && muxer == "mp4": ["copy"]
        case "video" where stream.isCover && muxer == "matroska":
            FilmCover(stream) == nil ? [] : [FilmCover.form]
        default: []
        }
    }

    /// The encoder of subtitles that are text.
    private var text: String {
        switch muxer {
        case "matroska": "srt"
        case "webm": "webvtt"
        default: "mov_text"
        }
    }
}
