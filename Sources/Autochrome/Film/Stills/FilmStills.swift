package import SystemPackage

/// Takes a still of each shot of a film, to be coloured by hand.
package struct FilmStills: Sendable {
    /// The shorter side at which shots are told apart.
    private static let side = 256

    private let facts: FilmFacts
    private let folder: FilePath
    private let overwrite: Bool
    private let isDeinterlaced: Bool

    /// - Parameters:
    ///   - film: the film.
    ///   - folder: where the stills go; it is made where it is missing.
    ///   - overwrite: whether stills that are there are replaced.
    ///   - isDeinterlaced: whether frames whose lines are of two moments are made into frames of
    ///     one.
    /// - Throws: `FilmError` or `MediaError` when the film cannot be read.
    package init(
        of film: FilePath, into folder: FilePath, overwrite: Bool, isDeinterlaced: Bool
    ) async throws {
        facts = try await FilmFacts(of: film)
        self.folder = folder
        self.overwrite = overwrite
        self.isDeinterlaced = isDeinterlaced
    }

    /// Writes the stills, each `NAME.TIME.png` by the film's name and `FilmMoment`.
    ///
    /// - Parameters:
    ///   - told: is called after every frame.
    ///   - made: is called with every still, in order. Shots without a picture have none.
    /// - Returns: what there is to say of the film.
    /// - Throws: `FilmError`, `MediaError` or `FileError`. A still appears whole or not at all.
    package func write(
        told: (FilmProgress) -> Void, made: (FilmStill) -> Void
    ) async throws -> [String] {
        let form = SourceFrames(facts.video, isDeinterlaced: isDeinterlaced)
        let decoder = try FilmDecoder(facts, form: form, from: nil)
        do {
            return try await write(decoder, form, told, made)
        } catch {
            _ = try? await decoder.close()
            throw error
        }
    }

    private func write(
        _ decoder: FilmDecoder, _ form: SourceFrames, _ told: (FilmProgress) -> Void,
        _ made: (FilmStill) -> Void
    ) async throws -> [String] {
        guard let stream = try await decoder.open(), var frame = try await decoder.next() else {
            let ending = try await decoder.ending()
            throw FilmError.noFrames(facts.path, reason: ending.lines.first ?? "")
        }
        guard
            let format = FrameFormat(
                name: form.pixelFormat, width: stream.width, height: stream.height)
        else { throw FilmError.unreadable(facts.path, reason: "unknown pixel format") }
        let reading = FrameReading(format: format, colors: form.colors)
        let viewing = FrameViewing(
            reading: reading, pixelAspect: stream.pixelAspect, detail: Self.side)
        let picture = StillPicture(reading: reading, pixelAspect: stream.pixelAspect)
        var sight = ShotSight(size: viewing.size)
        var count = 0
        while true {
            if let shot = sight.take(frame, viewing.view(of: frame)) {
                if let still = try await still(of: shot, picture) { made(still) }
            }
            count += 1
            told(FilmProgress(frames: count, fraction: fraction(at: frame.time)))
            guard let next = try await decoder.next() else { break }
            frame = next
        }
        if let shot = sight.finish(), let still = try await still(of: shot, picture) {
            made(still)
        }
        return notes(of: try await decoder.ending(), frames: count)
    }

    /// Writes the still of a shot; nil where there is nothing to be seen.
    private func still(
        of shot: ShotSight.Shot, _ picture: StillPicture
    ) async throws -> FilmStill? {
        guard !shot.isBlank else { return nil }
        let moment = FilmMoment(shot.still.time, in: facts)
        let path = path(of: moment)
        let kind = FileFacts.kind(of: path)
        guard kind != .folder else {
            throw FilmError.unwritable(path, reason: "a folder has that name; move it away.")
        }
        let isWritten =
            kind == nil || overwrite ? try await write(shot.still, picture, path) : false
        return FilmStill(
            path: path, moment: moment, first: FilmMoment(shot.first, in: facts),
            last: FilmMoment(shot.last, in: facts), isKept: !isWritten)
    }

    /// - Returns: whether the file has its name now.
    private func write(
        _ frame: FilmFrame, _ picture: StillPicture, _ path: FilePath
    ) async throws -> Bool {
        try folder.makeFolders()
        let part = try PartialFile(for: path)
        let bytes = try await picture.png(of: frame, for: path)
        try bytes.withUnsafeBytes { bytes in
            Result { () throws(FileError) in try part.write(bytes) }
        }.get()
        return try part.commit(replacing: overwrite)
    }

    /// The film's name without its extension, and the moment.
    private func path(of moment: FilmMoment) -> FilePath {
        let film = FilePath(bytes: facts.path.lastName)
        return folder.appending(name: film.replacingExtension(with: ".\(moment.name).png").bytes)
    }

    private func fraction(at time: Int64) -> Double? {
        guard let duration = facts.duration, duration > 0 else { return nil }
        return min(1, max(0, FilmMoment(time, in: facts).seconds / duration))
    }

    private func notes(of ending: MediaProcess.Ending, frames: Int) -> [String] {
        guard !ending.isGood || !ending.lines.isEmpty else { return [] }
        return [
            "\(facts.path): the film is damaged or cut off: \(frames) frames could be read. "
                + "ffmpeg says: \(ending.reason)"
        ]
    }
}
