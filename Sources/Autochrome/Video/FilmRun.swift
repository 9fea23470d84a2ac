/// One pass over a film, from its first frame or from where an earlier pass ended, into segments.
struct FilmRun: Sendable {
    /// Seconds before the place to go on from that are seen once more, so that the colours there
    /// follow from what was.
    private static let warmUp = 3.0

    let facts: FilmFacts
    let options: FilmOptions
    let encoder: String
    let network: ColorNetwork
    let stop: FilmStop
    let told: @Sendable (FilmProgress) -> Void

    /// How it ended.
    struct Ending: Sendable {
        let notes: [String]
        let isStopped: Bool

        /// The segment that was on its way when the wish to stop came.
        let partial: FilmWork.Segment?
    }

    /// A frame ready for the encoder.
    private struct Painted: Sendable {
        let time: Int64
        let bytes: [UInt8]
    }

    /// The decoder, its stream, and the first frame that counts.
    private struct Opened {
        let decoder: FilmDecoder
        let stream: NUTReader.Stream
        let first: FilmFrame
    }

    /// Colours what the work still lacks.
    ///
    /// - Throws: `FilmError` and what the network throws. Whole segments stay.
    func color(into work: inout FilmWork) async throws -> Ending {
        let form = SourceFrames(facts.video)
        let resume = work.segments.last?.next
        let opened = try await open(form, resume: resume)
        do {
            guard
                let format = FrameFormat(
                    name: form.pixelFormat, width: opened.stream.width,
                    height: opened.stream.height)
            else { throw FilmError.unreadable(facts.path, reason: "unknown pixel format") }
            let setup = try FilmSetup(
                options, encoder: encoder, facts: facts, form: form, frames: opened.stream,
                source: format)
            let reading = FrameReading(format: format, colors: form.colors)
            let viewing = FrameViewing(
                reading: reading, pixelAspect: opened.stream.pixelAspect,
                detail: options.colors.detail)
            let source = try await ColorSource(
                network, viewing: viewing, format: format, vividness: options.colors.vividness)
            let painter = FramePainter(
                reading: reading, target: setup.target, targetColors: setup.colors,
                saturation: options.colors.saturation, compare: options.colors.compare)
            var writer = SegmentWriter(work, setup: setup)
            let ending = try await pass(opened, source, painter, &writer, resume: resume)
            work = writer.work
            guard work.frames > 0 || ending.isStopped else {
                throw FilmError.noFrames(facts.path, reason: "")
            }
            return Ending(
                notes: setup.notes + ending.notes, isStopped: ending.isStopped,
                partial: ending.partial)
        } catch {
            _ = try? await opened.decoder.close()
            throw error
        }
    }

    /// Opens the decoder at the film's beginning, at `--start`, or a little before `resume`.
    private func open(_ form: SourceFrames, resume: Int64?) async throws -> Opened {
        var begin: Double? = options.start > 0 ? facts.startTime + options.start : nil
        if let resume {
            begin = max(
                Double(resume) * facts.timeBase.value - Self.warmUp,
                facts.startTime + options.start)
        }
        while true {
            let decoder = try FilmDecoder(facts, form: form, from: begin)
            if let stream = try await decoder.open(), let first = try await decoder.next() {
                // Where a film cannot be sought in exactly, all of it is read.
                if let resume, first.time > resume, begin != nil {
                    _ = try await decoder.close()
                    begin = nil
                    continue
                }
                return Opened(decoder: decoder, stream: stream, first: first)
            }
            let ending = try await decoder.ending()
            throw FilmError.noFrames(
                facts.path, reason: ending.lines.isEmpty ? "" : ending.reason)
        }
    }
}

extension FilmRun {
    /// The stages side by side.
    private func pass(
        _ opened: Opened, _ source: ColorSource, _ painter: FramePainter,
        _ writer: inout SegmentWriter, resume: Int64?
    ) async throws -> Ending {
        let frames = Conduit<FilmFrame>(capacity: 4)
        let colored = Conduit<ColoredFrame>(capacity: 8)
        let painted = Conduit<Painted>(capacity: 4)
        let counting = FrameCount()
        let decoder = opened.decoder
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await cancelling(frames, colored, painted) {
                    try await decode(decoder, opened.first, into: frames, counting)
                }
            }
            group.addTask {
                try await cancelling(frames, colored, painted) {
                    try await decide(source, frames, into: colored, resume: resume)
                }
            }
            group.addTask {
                try await cancelling(frames, colored, painted) {
                    try await paint(painter, colored, into: painted)
                }
            }
            do {
                try await encode(painted, &writer)
            } catch {
                await cancelAll(frames, colored, painted)
                _ = try? await decoder.close()
                await writer.cancel()
                try? await group.waitForAll()
                throw error
            }
            let isStopped = stop.isAsked
            await cancelAll(frames, colored, painted)
            do {
                try await group.waitForAll()
            } catch {
                await writer.cancel()
                throw error
            }
            let partial = try await writer.finish(isWhole: !isStopped)
            let ending = isStopped ? try await decoder.close() : try await decoder.ending()
            return Ending(
                notes: isStopped ? [] : damage(ending, counting), isStopped: isStopped,
                partial: partial)
        }
    }

    /// Runs a stage; when it fails, no other waits for it.
    private func cancelling(
        _ frames: Conduit<FilmFrame>, _ colored: Conduit<ColoredFrame>,
        _ painted: Conduit<Painted>, _ stage: () async throws -> Void
    ) async throws {
        do {
            try await stage()
        } catch {
            await cancelAll(frames, colored, painted)
            throw error
        }
    }

    private func cancelAll(
        _ frames: Conduit<FilmFrame>, _ colored: Conduit<ColoredFrame>,
        _ painted: Conduit<Painted>
    ) async {
        await frames.cancel()
        await colored.cancel()
        await painted.cancel()
    }

    private func decode(
        _ decoder: FilmDecoder, _ first: FilmFrame, into frames: Conduit<FilmFrame>,
        _ counting: FrameCount
    ) async throws {
        let unit = facts.timeBase.value
        let begin = facts.startTime + options.start - unit / 2
        let end = options.duration.map { facts.startTime + options.start + $0 - unit / 2 }
        var next: FilmFrame? = first
        while let frame = next, !stop.isAsked {
            let seconds = Double(frame.time) * unit
            if let end, seconds >= end {
                // The rest is not wanted, and its end not a fault.
                _ = try await decoder.close()
                counting.isCut = true
                break
            }
            if options.start == 0 || seconds >= begin {
                counting.add(seconds: seconds)
                guard await frames.send(frame) else { break }
            }
            next = try await decoder.next()
        }
        await frames.finish()
    }

    private func decide(
        _ source: ColorSource, _ frames: Conduit<FilmFrame>,
        into colored: Conduit<ColoredFrame>, resume: Int64?
    ) async throws {
        var steady: SteadyColors?
        while let frame = await frames.receive(), !stop.isAsked {
            let done: [ColoredFrame]
            if options.isSteady {
                let colors = steady ?? SteadyColors(source, frameBytes: frame.bytes.count)
                steady = colors
                done = try await colors.take(frame)
            } else {
                let upsampling = try await source.upsampling(of: frame)
                done = [ColoredFrame(frame: frame, upsampling: upsampling)]
            }
            guard await send(done, to: colored, resume: resume) else { return }
        }
        if let steady, !stop.isAsked {
            _ = await send(try await steady.finish(), to: colored, resume: resume)
        }
        await colored.finish()
    }

    private func send(
        _ frames: [ColoredFrame], to colored: Conduit<ColoredFrame>, resume: Int64?
    ) async -> Bool {
        for frame in frames where frame.frame.time >= resume ?? .min {
            guard await colored.send(frame) else { return false }
        }
        return true
    }

    private func paint(
        _ painter: FramePainter, _ colored: Conduit<ColoredFrame>, into painted: Conduit<Painted>
    ) async throws {
        while let frame = await colored.receive(), !stop.isAsked {
            let bytes = await blocking { painter.painted(frame.frame, frame.upsampling) }
            guard await painted.send(Painted(time: frame.frame.time, bytes: bytes)) else { return }
        }
        await painted.finish()
    }

    private func encode(
        _ painted: Conduit<Painted>, _ writer: inout SegmentWriter
    ) async throws {
        while let frame = await painted.receive(), !stop.isAsked {
            try await writer.write(time: frame.time, frame.bytes)
            told(FilmProgress(frames: writer.frames, fraction: fraction(at: frame.time)))
        }
    }

    private func fraction(at time: Int64) -> Double? {
        let whole = facts.duration.map { $0 - options.start }
        let length = [whole, options.duration].compactMap { $0 }.min()
        guard let length, length > 0 else { return nil }
        let done = Double(time) * facts.timeBase.value - facts.startTime - options.start
        return min(1, max(0, done / length))
    }

    /// What there is to say of frames that could not be read.
    private func damage(_ ending: MediaProcess.Ending, _ counting: FrameCount) -> [String] {
        guard !counting.isCut else { return [] }
        let reached = counting.seconds - facts.startTime
        let frames = "\(counting.frames) frames could be read and are coloured"
        if let duration = facts.duration, reached < duration - max(1, 0.02 * duration) {
            return [
                "\(facts.path): the film is damaged or cut off: \(frames), to "
                    + "\(tenths(reached)) s of \(tenths(duration)) s."
            ]
        }
        guard let line = ending.lines.first else { return [] }
        return ["\(facts.path): the film is damaged: \(frames). ffmpeg says: \(line)"]
    }

    private func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
