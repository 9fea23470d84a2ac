extension FilmRun {
    /// The stages side by side.
    func pass(
        _ opened: Opened, _ source: ColorSource, _ painter: FramePainter,
        _ writer: inout SegmentWriter, resume: Int64?
    ) async throws -> Ending {
        let conduits = FilmConduits()
        let counting = FrameCount()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await conduits.cancelling {
                    try await decode(
                        opened.decoder, opened.first, into: conduits.frames, counting)
                }
            }
            group.addTask {
                try await conduits.cancelling {
                    try await decide(
                        source, conduits.frames, into: conduits.colored, resume: resume)
                }
            }
            group.addTask {
                try await conduits.cancelling {
                    try await paint(painter, conduits.colored, into: conduits.painted)
                }
            }
            do {
                try await encode(conduits.painted, &writer)
                let isStopped = stop.isAsked
                await conduits.cancel()
                try await group.waitForAll()
                return try await end(opened.decoder, counting, &writer, isStopped: isStopped)
            } catch {
                await conduits.cancel()
                _ = try? await opened.decoder.close()
                await writer.cancel()
                try? await group.waitForAll()
                throw error
            }
        }
    }

    /// Ends the last segment and the decoder, once all stages are done.
    private func end(
        _ decoder: FilmDecoder, _ counting: FrameCount, _ writer: inout SegmentWriter,
        isStopped: Bool
    ) async throws -> Ending {
        if isStopped {
            try await decoder.close()
            let partial = try await writer.finish(end: nil)
            return Ending(notes: [], isStopped: true, partial: partial)
        }
        let ending = try await decoder.ending()
        let end = try await lastEnd(ending, counting, writer.lastTime ?? 0, step: writer.step)
        _ = try await writer.finish(end: end)
        return Ending(
            notes: damage(ending, counting, end: end), isStopped: false, partial: nil)
    }

    /// Until when the last frame is shown.
    private func lastEnd(
        _ ending: MediaProcess.Ending, _ counting: FrameCount, _ last: Int64, step: Int64
    ) async throws -> Int64 {
        let end = FilmEnd(
            facts: facts, options: options, isSound: ending.isGood && ending.lines.isEmpty,
            isCut: counting.isCut)
        return try await end.time(after: last, step: step)
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
                counting.add()
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
