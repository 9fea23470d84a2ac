package import SystemPackage

/// Gives films colour, file to file.
///
/// The way of a film: ffmpeg decodes -> the network sees every few frames -> its colours are
/// carried along the motion and averaged over each shot -> every frame is painted with its own
/// lightness -> ffmpeg encodes, a segment at a time -> the segments are joined with the sound and
/// all else that the film has. The stages run at once, with a few frames between them.
package struct FilmColorizer: Sendable {
    private let network: ColorNetwork

    /// What tells one model from another, for work that is taken up again.
    private let model: String

    /// What became of a film.
    package typealias Outcome = Colorizer.Outcome

    /// The program ignores SIGPIPE: a pipe to an encoder that has ended is then an error to tell,
    /// not a signal to die of.
    ///
    /// - Parameters:
    ///   - network: the network that predicts the colours.
    ///   - model: what tells its weights from others, as their file's name and date.
    package init(network: ColorNetwork, model: String) {
        self.network = network
        self.model = model
    }

    /// Colours a film into a new file.
    ///
    /// - Parameters:
    ///   - input: the film.
    ///   - output: the file to make.
    ///   - options: how it is coloured and encoded.
    ///   - stop: when it is asked, the film ends in order and what is done is joined into a file
    ///     of its own, beside the segments that the next call goes on from.
    ///   - told: is called after every frame.
    /// - Throws: `FilmError`, `MediaError`, `FileError`, `TensorError`, `WeightsError` or
    ///   `HintsError`. The input is never changed, and `output` appears whole or not at all.
    package func colorize(
        _ input: FilePath, to output: FilePath, options: FilmOptions, stop: FilmStop = FilmStop(),
        told: @escaping @Sendable (FilmProgress) -> Void = { _ in }
    ) async throws -> Outcome {
        do {
            return try await colorized(input, to: output, options, stop, told)
        } catch {
            throw Self.naming(input, error)
        }
    }

    /// The error, or what tells of which film it came where it does not say that itself, as those
    /// of the operating system. Whoever coloured the film can name it for errors of the network.
    private static func naming(_ film: FilePath, _ error: any Error) -> any Error {
        switch error {
        case is FilmError, is MediaError, is FileError, is TensorError, is WeightsError,
            is HintsError:
            error
        default: FilmError.unreadable(film, reason: "\(error)")
        }
    }

    private func colorized(
        _ input: FilePath, to output: FilePath, _ options: FilmOptions, _ stop: FilmStop,
        _ told: @escaping @Sendable (FilmProgress) -> Void
    ) async throws -> Outcome {
        let facts = try await FilmFacts(of: input)
        let container = try FilmContainer(of: output, options.codec)
        let encoder = try await EncoderCheck.encoder(for: options)
        if options.colors.skipsColored, try await FilmColorContent.isColored(facts) {
            return .alreadyColored
        }
        let part = try PartialFile(for: output)
        var work = try FilmWork(
            for: output, conditions: try conditions(facts, options, encoder: encoder))
        let join = FilmJoin(
            facts: facts, options: options, container: container,
            tracks: try await FilmTracks(facts, into: container),
            provenance: "Colours by Autochrome \(Version.current), model \(network.modelName)")
        let scan = options.isDeinterlaced ? nil : facts.interlacedNote
        var notes = (scan.map { [$0] } ?? []) + join.tracks.notes
        if !work.isComplete {
            let run = FilmRun(
                facts: facts, options: options, container: container, encoder: encoder,
                network: network, stop: stop, told: told)
            let ending = try await run.color(into: &work)
            notes += ending.notes
            if ending.isStopped {
                throw FilmError.interrupted(
                    part: try await playable(join, &work, ending.partial, output))
            }
        }
        try await finish(join, work, into: part.path, for: output)
        guard try part.commit(replacing: options.colors.overwrite) else { return .kept }
        work.remove()
        work.part?.remove(beside: output)
        return .colored(warnings: notes)
    }

    /// Joins the whole film, and counts its frames once more. When there are too few the work
    /// goes, since it would give as few the next time.
    private func finish(
        _ join: FilmJoin, _ work: FilmWork, into path: FilePath, for output: FilePath
    ) async throws {
        guard let first = work.segments.first, let last = work.segments.last else {
            throw FilmError.noFrames(join.facts.path, reason: "")
        }
        let list = try work.writeList(timeBase: join.facts.timeBase)
        do {
            try await join.join(
                list: list, first: first.start, last: last, frames: work.frames, into: path)
        } catch {
            // A full disk is no reason to begin anew; segments that cannot be read are.
            try await check(list, of: work, for: output)
            throw error
        }
        try await check(path, of: work, for: output)
    }

    private func check(_ path: FilePath, of work: FilmWork, for output: FilePath) async throws {
        let count = try await Self.frameCount(of: path)
        guard count != work.frames else { return }
        work.remove()
        work.part?.remove(beside: output)
        throw FilmError.notWhole(output, frames: count, expected: work.frames)
    }

    /// Joins what is done so far into a file that can be played; nil when there is nothing.
    private func playable(
        _ join: FilmJoin, _ work: inout FilmWork, _ partial: FilmWork.Segment?, _ output: FilePath
    ) async throws -> FilePath? {
        guard let last = partial ?? work.segments.last else { return nil }
        let first = work.segments.first?.start ?? last.start
        let list = try work.writeList(timeBase: join.facts.timeBase, partial: partial)
        let own = work.part?.path(beside: output)
        let path = own ?? Self.freePart(beside: output)
        let file = try PartialFile(for: path)
        try await join.join(
            list: list, first: first, last: last, frames: work.frames + (partial?.frames ?? 0),
            into: file.path)
        // Where somebody has taken the name meanwhile, the segments are there to go on from.
        guard try file.commit(replacing: own != nil) else { return nil }
        try work.add(try FilmPart(path))
        if let partial { work.remove(partial) }
        return path
    }

    /// The first name for a part that no file has.
    private static func freePart(beside output: FilePath) -> FilePath {
        var number = 1
        while true {
            let path = FilmPart.path(number, beside: output)
            if FileFacts.kind(of: path) == nil { return path }
            number += 1
        }
    }

    private static func frameCount(of path: FilePath) async throws -> Int {
        let arguments: [MediaArgument] = [
            "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries",
            "stream=nb_read_packets", "-of", "csv=p=0", MediaArgument(path),
        ]
        let (output, _) = try await MediaTool.run("ffprobe", arguments)
        let digits = String(decoding: output, as: UTF8.self).prefix { $0.isNumber }
        return Int(digits) ?? 0
    }

    /// What must be the same for segments of an earlier run to be of use.
    private func conditions(
        _ facts: FilmFacts, _ options: FilmOptions, encoder: String
    ) throws -> [String] {
        let file = try? FileFacts(of: facts.path)
        let colors = options.colors
        return [
            Version.current, model, facts.path.string, "\(file?.size ?? 0)",
            "\(file?.modificationTime ?? 0)", encoder, options.pixelFormat ?? "",
            options.rateFactor.map { "\($0)" } ?? "", "\(options.start)",
            options.duration.map { "\($0)" } ?? "", "\(options.isSteady)",
            colors.vividness.map { "\($0)" } ?? "", "\(colors.saturation)",
            colors.detail.map { "\($0)" } ?? "",
            "\(colors.compare)", "\(options.isDeinterlaced)", colors.hints?.digest ?? "",
        ]
    }
}
