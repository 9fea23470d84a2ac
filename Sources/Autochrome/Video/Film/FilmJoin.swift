internal import SystemPackage

/// Joins a film's segments with everything else that its source has: sound, subtitles, chapters,
/// metadata.
struct FilmJoin {
    let facts: FilmFacts
    let options: FilmOptions
    let timeBase: Rational

    /// Extension of the result, which says what it may hold.
    let container: String

    /// What the file says of how it was made.
    let provenance: String

    /// Seconds to end at, for a film that is not whole.
    var length: Double?

    /// - Parameters:
    ///   - list: the segments.
    ///   - first: time of the first frame.
    ///   - output: the file, which is replaced.
    func join(list: FilePath, first: Int64, into output: FilePath) async throws {
        let start = facts.startTime + options.start
        let shift = Double(first) * timeBase.value - start
        var arguments = MediaTool.quiet + ["-y"]
        if abs(shift) >= 1e-6 { arguments += ["-itsoffset", decimal(shift)] }
        arguments += ["-f", "concat", "-i", MediaTool.name(list)]
        if options.start > 0 { arguments += ["-ss", decimal(options.start)] }
        if let duration = options.duration { arguments += ["-t", decimal(duration)] }
        arguments += ["-i", MediaTool.name(facts.path), "-map", "0:v"]
        for stream in facts.streams { arguments += mapping(of: stream) }
        arguments += ["-map_metadata", "1", "-map_chapters", "1"]
        arguments += ["-map_metadata:s:v:0", "1:s:\(facts.video.index)", "-c:v", "copy"]
        arguments += ["-metadata", "comment=\(comment)"] + sound + subtitles
        if isMP4 { arguments += ["-movflags", "+faststart"] }
        if options.codec == .hevc, isMP4 { arguments += ["-tag:v", "hvc1"] }
        if let length { arguments += ["-t", decimal(length)] }
        arguments += ["-f", muxer, MediaTool.name(output)]
        let (_, ending) = try await MediaTool.run("ffmpeg", arguments)
        guard ending.isGood, !ending.isFullDisk else {
            throw FilmError.unwritable(output, reason: ending.reason)
        }
    }

    /// What the result cannot hold, or not as it is.
    var notes: [String] {
        facts.streams.compactMap { stream in
            let name = "\(facts.path): its \(stream.codecType ?? "data") (\(codec(stream)))"
            return switch stream.codecType {
            case "audio" where !copiesSound(stream):
                "\(name) is encoded anew, since \(container) does not hold it."
            case "subtitle" where !keepsSubtitles(stream):
                "\(name) is left out, since \(container) does not hold it."
            case "video" where !stream.isCover && stream.index != facts.video.index:
                "\(facts.path): of several pictures only the first is coloured and kept."
            default: nil
            }
        }
    }

    private var isMP4: Bool { ["mp4", "m4v", "mov"].contains(container) }

    private var muxer: String {
        switch container {
        case "mkv": "matroska"
        case "mov", "webm": container
        default: "mp4"
        }
    }

    private var comment: String {
        guard let own = facts.comment, !own.isEmpty else { return provenance }
        return own.contains(provenance) ? own : "\(own) / \(provenance)"
    }

    private func mapping(of stream: FilmFacts.Stream) -> [String] {
        let isKept =
            switch stream.codecType {
            case "audio": true
            case "subtitle": keepsSubtitles(stream)
            case "attachment": container == "mkv"
            default: false
            }
        return isKept ? ["-map", "1:\(stream.index)"] : []
    }

    private func codec(_ stream: FilmFacts.Stream) -> String { stream.codecName ?? "unknown" }
}

extension FilmJoin {
    private static let soundOfMP4: Set = [
        "aac", "mp3", "mp2", "ac3", "eac3", "alac", "opus", "flac", "dts",
    ]
    private static let textSubtitles: Set = ["subrip", "ass", "ssa", "webvtt", "text", "mov_text"]

    private func copiesSound(_ stream: FilmFacts.Stream) -> Bool {
        let codec = codec(stream)
        switch container {
        case "mkv": return true
        case "webm": return codec == "opus" || codec == "vorbis"
        case "mov": return Self.soundOfMP4.contains(codec) || codec.hasPrefix("pcm_")
        default: return Self.soundOfMP4.contains(codec)
        }
    }

    private func keepsSubtitles(_ stream: FilmFacts.Stream) -> Bool {
        if container == "mkv" { return true }
        return Self.textSubtitles.contains(codec(stream))
            || (muxer == "mp4" && codec(stream) == "dvd_subtitle")
    }

    private var sound: [String] {
        let streams = facts.streams.filter { $0.codecType == "audio" }
        return streams.enumerated().flatMap { index, stream in
            if copiesSound(stream) { return ["-c:a:\(index)", "copy"] }
            let encoder = container == "webm" ? "libopus" : "aac"
            return ["-c:a:\(index)", encoder, "-b:a:\(index)", "192k"]
        } + (streams.isEmpty ? [] : ["-strict", "experimental"])
    }

    private var subtitles: [String] {
        let streams = facts.streams.filter { $0.codecType == "subtitle" && keepsSubtitles($0) }
        return streams.enumerated().flatMap { index, stream in
            ["-c:s:\(index)", subtitleCodec(codec(stream))]
        } + (container == "mkv" ? ["-c:t", "copy"] : [])
    }

    private func subtitleCodec(_ codec: String) -> String {
        switch container {
        case "mkv": codec == "mov_text" ? "srt" : "copy"
        case "webm": codec == "webvtt" ? "copy" : "webvtt"
        default: Self.textSubtitles.contains(codec) && codec != "mov_text" ? "mov_text" : "copy"
        }
    }
}
