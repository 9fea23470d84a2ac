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
    ///   - last: the last segment.
    ///   - frames: how many all segments have.
    ///   - output: the file, which is replaced.
    /// - Throws: `FilmError.unwritable`
    func join(
        list: FilePath, first: Int64, last: FilmWork.Segment, frames: Int,
        into output: FilePath
    ) async throws {
        var arguments = MediaTool.quiet
        arguments += ["-y", "-itsoffset", "\(seconds(first).decimal)"]
        arguments += ["-f", "concat", "-i", MediaArgument(list)]
        if options.start > 0 { arguments += ["-ss", "\(options.start.decimal)"] }
        arguments += ["-itsoffset", "\((facts.startTime - facts.origin).decimal)"]
        arguments += ["-i", MediaArgument(facts.path)]
        arguments += ["-map", "0:v", "-c:0", "copy", "-disposition:0", "\(disposition)"]
        arguments += ["-color_range:0", "\(range)"]
        arguments += hold(last, frames: frames).map { MediaArgument($0) }
        arguments += ["-map_metadata:s:0", "1:s:\(facts.video.index)"]
        arguments += tracks.arguments(input: 1).map { MediaArgument($0) }
        arguments += try await tracks.attachments(
            of: facts.path, in: list.removingLastComponent())
        arguments += ["-strict", "experimental"]
        arguments += ["-map_metadata", "1", "-map_chapters", "1"]
        arguments += ["-metadata", "comment=\(comment)"]
        // Sound and subtitles are copied from a little before the beginning, if nobody says no.
        if options.start > 0 { arguments += ["-copypriorss", "0"] }
        if let length = last.next.map(seconds) ?? options.duration {
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

    /// What makes the last frame last until its end, which the segments do not say.
    private func hold(_ last: FilmWork.Segment, frames: Int) -> [String] {
        // Where frames are reordered, the one shown last need not be the last in the file; both
        // end at the film's end. Matroska rounds its time to milliseconds.
        let shown = (seconds(last.last) - 0.001).decimal
        let isLast = "eq(N\\,\(frames - 1))+gte(PTS*TB\\,\(shown))"
        let length = "max(1\\,\(seconds(last.end).decimal)/TB-PTS)"
        let filter =
            "setts=pts=PTS:dts=DTS:duration=if(\(isLast)\\,\(length)\\,DURATION)"
        // In ffmpeg 5.1 TB is the time base before Matroska sets its own.
        return (container.isMP4 ? [] : ["-time_base:0", "1/1000"]) + ["-bsf:0", filter]
    }

    /// The range of the codes, which segments of FFV1 do not say.
    private var range: String {
        let frames = SourceFrames(facts.video, isDeinterlaced: options.isDeinterlaced)
        return frames.written(of: facts.video, options.codec, in: container).range
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
