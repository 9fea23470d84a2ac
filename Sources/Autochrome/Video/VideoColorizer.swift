package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Gives films colour, file to file.
///
/// The way of a film: ffmpeg decodes -> the network sees every few frames -> its colours are
/// carried along the motion and averaged over each shot -> every frame is painted with its own
/// lightness -> ffmpeg encodes, a segment at a time -> the segments are joined with the sound and
/// all else that the film has. The stages run at once, with a few frames between them.
package struct VideoColorizer: Sendable {
    private let network: ColorNetwork

    /// What tells one model from another, for work that is taken up again.
    private let model: String

    /// What became of a film.
    package typealias Outcome = Colorizer.Outcome

    /// - Parameters:
    ///   - network: the network that predicts the colours.
    ///   - model: what tells its weights from others, as their file's name and date.
    package init(network: ColorNetwork, model: String) {
        self.network = network
        self.model = model
        // A pipe to an encoder that has ended is an error to tell, not a signal to die of.
        signal(SIGPIPE, SIG_IGN)
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
    /// - Throws: `FilmError`, `FileError`, `TensorError` or `WeightsError`. The input is never
    ///   changed, and `output` appears whole or not at all.
    package func colorize(
        _ input: FilePath, to output: FilePath, options: FilmOptions, stop: FilmStop = FilmStop(),
        told: @escaping @Sendable (FilmProgress) -> Void = { _ in }
    ) async throws -> Outcome {
        let facts = try await FilmFacts(of: input)
        let container = try FilmContainer(of: output, options.codec)
        let encoder = try await EncoderCheck.encoder(
            for: options.codec, pixelFormat: options.pixelFormat)
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
        var notes = join.tracks.notes
        if !work.isComplete {
            let run = FilmRun(
                facts: facts, options: options, encoder: encoder, network: network, stop: stop,
                told: told)
            let ending = try await run.color(into: &work)
            notes += ending.notes
            if ending.isStopped {
                throw FilmError.interrupted(
                    part: try await playable(join, work, ending.partial, output))
            }
        }
        try await finish(join, work, into: part.path)
        guard try part.commit(replacing: options.colors.overwrite) else { return .kept }
        work.remove()
        _ = Self.partName(of: output).withPlatformString(unlink)
        return .colored(warnings: notes)
    }

    /// The film as far as it came after an interruption.
    package static func partName(of output: FilePath) -> FilePath {
        var result = output
        result.extension = nil
        return FilePath("\(result.string).part.\(output.extension ?? "mp4")")
    }

    /// Joins the whole film, and counts its frames once more.
    private func finish(_ join: FilmJoin, _ work: FilmWork, into path: FilePath) async throws {
        let list = try work.writeList(timeBase: join.facts.timeBase)
        try await join.join(list: list, first: work.segments.first?.start ?? 0, into: path)
        let count = try await Self.frameCount(of: path)
        guard count == work.frames else {
            throw FilmError.notWhole(path, frames: count, expected: work.frames)
        }
    }

    /// Joins what is done so far into a file that can be played; nil when there is nothing.
    private func playable(
        _ join: FilmJoin, _ work: FilmWork, _ partial: FilmWork.Segment?, _ output: FilePath
    ) async throws -> FilePath? {
        guard let last = partial ?? work.segments.last else { return nil }
        let name = Self.partName(of: output)
        let first = work.segments.first?.start ?? last.start
        let list = try work.writeList(timeBase: join.facts.timeBase, partial: partial)
        do {
            try await join.join(list: list, first: first, end: last.next, into: name)
        } catch {
            _ = name.withPlatformString(unlink)
            throw error
        }
        if let partial { _ = work.folder.appending(partial.name).withPlatformString(unlink) }
        return name
    }

    private static func frameCount(of path: FilePath) async throws -> Int {
        let arguments = [
            "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries",
            "stream=nb_read_packets", "-of", "csv=p=0", MediaTool.name(path),
        ]
        let (output, _) = try await MediaTool.run("ffprobe", arguments)
        let digits = String(decoding: output, as: UTF8.self).prefix { $0.isNumber }
        return Int(digits) ?? 0
    }

    /// What must be the same for segments of an earlier run to be of use.
    private func conditions(
        _ facts: FilmFacts, _ options: FilmOptions, encoder: String
    ) throws -> [String] {
        var status = stat()
        _ = facts.path.withPlatformString { stat($0, &status) }
        let colors = options.colors
        return [
            Version.current, model, facts.path.string, "\(status.st_size)",
            "\(status.modificationSeconds)", encoder, options.pixelFormat ?? "",
            options.rateFactor.map { "\($0)" } ?? "", "\(options.start)",
            options.duration.map { "\($0)" } ?? "", "\(options.isSteady)",
            colors.vividness.map { "\($0)" } ?? "", "\(colors.saturation)", "\(colors.detail)",
            "\(colors.compare)",
        ]
    }
}

extension stat {
    fileprivate var modificationSeconds: Int {
        #if canImport(Glibc)
            st_mtim.tv_sec
        #else
            st_mtimespec.tv_sec
        #endif
    }
}
