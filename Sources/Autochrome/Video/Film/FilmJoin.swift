internal import SystemPackage

/// Joins a film's segments with everything else that its source has: sound, subtitles, chapters,
/// metadata.
struct FilmJoin {
    let facts: FilmFacts
    let options: FilmOptions
    let container: FilmContainer
    let tracks: FilmTracks

    /// What the file says of how it was made.
    let provenance: String

    /// - Parameters:
    ///   - list: the segments.
    ///   - first: time of the first frame.
    ///   - end: time of the frame after the last, for a film that is not whole.
    ///   - output: the file, which is replaced.
    /// - Throws: `FilmError.unwritable`
    func join(
        list: FilePath, first: Int64, end: Int64? = nil, into output: FilePath
    ) async throws {
        var arguments = MediaTool.quiet
        arguments += ["-y", "-itsoffset", "\(seconds(first).decimal)"]
        arguments += ["-f", "concat", "-i", MediaArgument(list)]
        if options.start > 0 { arguments += ["-ss", "\(options.start.decimal)"] }
        arguments += ["-itsoffset", "\((facts.startTime - facts.origin).decimal)"]
        arguments += ["-i", MediaArgument(facts.path)]
        arguments += ["-map", "0:v", "-c:0", "copy", "-disposition:0", "\(disposition)"]
        arguments += ["-map_metadata:s:0", "1:s:\(facts.video.index)"]
        arguments += tracks.arguments(input: 1).map { MediaArgument($0) }
        arguments += ["-strict", "experimental"]
        arguments += ["-map_metadata", "1", "-map_chapters", "1"]
        arguments += ["-metadata", "comment=\(comment)"]
        // Sound and subtitles are copied from a little before the beginning, if nobody says no.
        if options.start > 0 { arguments += ["-copypriorss", "0"] }
        if let length = end.map(seconds) ?? options.duration {
            arguments += ["-t", "\(length.decimal)"]
        }
        if container.isMP4 { arguments += ["-movflags", "+faststart"] }
        if options.codec == .hevc, container.isMP4 { arguments += ["-tag:v", "hvc1"] }
        arguments += ["-f", "\(container.muxer)", MediaArgument(output)]
        let (_, ending) = try await MediaTool.run("ffmpeg", arguments)
        guard ending.isGood, !ending.isFullDisk else {
            throw FilmError.unwritable(output, reason: ending.reason)
        }
    }

    /// What marks the pictures in the source, as `default`.
    private var disposition: String {
        let marks = facts.video.disposition?.filter { $0.value == 1 }.keys.sorted() ?? []
        return marks.isEmpty ? "0" : marks.joined(separator: "+")
    }

    /// A time of the source's pictures, in seconds of the result.
    private func seconds(_ time: Int64) -> Double {
        Double(time) * facts.timeBase.value - facts.origin - options.start
    }

    private var comment: String {
        guard let own = facts.comment, !own.isEmpty else { return provenance }
        return own.contains(provenance) ? own : "\(own) / \(provenance)"
    }
}
