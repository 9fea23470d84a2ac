internal import SystemPackage

/// A film's streams besides its pictures, and how each goes into the result.
///
/// ffmpeg is asked by a trial of a second's length, before any frame is coloured: what a
/// container takes differs from version to version, and a join that fails would fail at the end.
struct FilmTracks: Sendable {
    /// A stream that is kept.
    struct Track: Sendable {
        let stream: FilmFacts.Stream

        /// `copy`, ffmpeg's name of an encoder, or `FilmCover.form`.
        let form: String
    }

    let tracks: [Track]

    /// Covers that go in as files, after the streams.
    let covers: [FilmCover]

    /// What the result does not hold, or not as it is.
    let notes: [String]

    /// Tries them all.
    ///
    /// - Throws: `MediaError` when there is no ffmpeg.
    init(_ facts: FilmFacts, into container: FilmContainer) async throws {
        var tracks: [Track] = []
        var covers: [FilmCover] = []
        var notes: [String] = []
        for stream in facts.streams where stream.index != facts.video.index {
            let form = try await Self.form(of: stream, facts, container)
            if form == FilmCover.form, let cover = FilmCover(stream) {
                covers.append(cover)
            } else if let form {
                tracks.append(Track(stream: stream, form: form))
            }
            if let note = Self.note(on: stream, form, container) {
                notes.append("\(facts.path): \(note)")
            }
        }
        self.tracks = tracks
        self.covers = covers
        self.notes = notes
    }

    /// ffmpeg's options for them in a file whose stream 0 is the pictures.
    ///
    /// - Parameter input: the number of the input they come from.
    func arguments(input: Int) -> [String] {
        tracks.enumerated().flatMap { index, track in
            ["-map", "\(input):\(track.stream.index)"]
                + Self.options(of: track.stream, track.form, at: index + 1)
                + ["-map_metadata:s:\(index + 1)", "\(input):s:\(track.stream.index)"]
        }
    }

    /// ffmpeg's options for the covers, whose files are written into a folder.
    ///
    /// - Throws: `FilmError.unwritable`
    func attachments(of film: FilePath, in folder: FilePath) async throws -> [MediaArgument] {
        let fonts = tracks.count { $0.stream.codecType == "attachment" }
        var arguments: [MediaArgument] = []
        for (index, cover) in covers.enumerated() {
            let file = folder.appending("cover-\(index)")
            try await cover.extract(from: film, to: file)
            arguments += ["-attach", MediaArgument(file)]
            arguments += cover.tags(at: fonts + index).map { MediaArgument($0) }
        }
        return arguments
    }

    private static func options(
        of stream: FilmFacts.Stream, _ form: String, at index: Int
    ) -> [String] {
        var options = ["-c:\(index)", form]
        if stream.codecType == "audio", form != "copy" { options += ["-b:\(index)", "192k"] }
        if stream.isCover { options += ["-disposition:\(index)", "attached_pic"] }
        return options
    }

    /// The first form in which a second of the stream can be written.
    private static func form(
        of stream: FilmFacts.Stream, _ facts: FilmFacts, _ container: FilmContainer
    ) async throws -> String? {
        for form in container.forms(of: stream) {
            if form == FilmCover.form { return form }
            var arguments = MediaTool.quiet
            arguments += ["-y", "-t", "1", "-i", MediaArgument(facts.path)]
            arguments += ["-map", "0:\(stream.index)"]
            arguments += options(of: stream, form, at: 0).map { MediaArgument($0) }
            arguments += ["-strict", "experimental", "-f", "\(container.muxer)", "/dev/null"]
            if try await MediaTool.run("ffmpeg", arguments).ending.isGood { return form }
        }
        return nil
    }

    private static func note(
        on stream: FilmFacts.Stream, _ form: String?, _ container: FilmContainer
    ) -> String? {
        let kind = stream.isCover ? "cover picture" : stream.codecType ?? "data"
        switch kind {
        case "video": return "of several pictures only the first is coloured and kept."
        case "data": return nil
        default: break
        }
        let name = "its \(kind)" + (stream.codecName.map { " (\($0))" } ?? "")
        let suffix = container.fileExtension
        return switch form {
        case nil: "\(name) is left out: it does not go into \(suffix)."
        case "copy", FilmCover.form: nil
        case let form?: "\(name) becomes \(form): as it is, it does not go into \(suffix)."
        }
    }
}
