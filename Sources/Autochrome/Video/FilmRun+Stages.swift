extension FilmRun {
    /// The stages side by side.
    func pass(
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
        let begin = facts.origin + options.start - unit / 2
        let end = options.duration.map { facts.origin + options.start + $0 - unit / 2 }
        var next: FilmFrame? = first
        while let frame = next, !stop.isAsked {
            let seconds = Double(frame.time) * unit
            if let end, seconds >= end {
                // The rest is not wanted, and its end not a fault.
                try await decoder.close()
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
}
