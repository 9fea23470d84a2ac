/// One pass over a film, from its first frame or from where an earlier pass ended, into segments.
struct FilmRun: Sendable {
    /// Seconds before the place to go on from that are seen once more, so that the colours there
    /// follow from what was.
    private static let warmUp = 4.0

    let facts: FilmFacts
    let options: FilmOptions
    let container: FilmContainer
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
    struct Painted: Sendable {
        let time: Int64
        let bytes: [UInt8]
    }

    /// The decoder, its stream, and the first frame that counts.
    struct Opened {
        let decoder: FilmDecoder
        let stream: NUTReader.Stream
        let first: FilmFrame
    }

    /// Colours what the work still lacks.
    ///
    /// - Throws: `FilmError`, `MediaError` and what the network throws. Whole segments stay.
    func color(into work: inout FilmWork) async throws -> Ending {
        let form = SourceFrames(facts.video, isDeinterlaced: options.isDeinterlaced)
        let resume = work.segments.last?.next
        let opened = try await open(form, resume: resume)
        do {
            guard
                let format = FrameFormat(
                    name: form.pixelFormat, width: opened.stream.width,
                    height: opened.stream.height)
            else { throw FilmError.unreadable(facts.path, reason: "unknown pixel format") }
            let setup = try FilmSetup(
                options, container: container, encoder: encoder, facts: facts, form: form,
                frames: opened.stream, source: format)
            let reading = FrameReading(format: format, colors: form.colors)
            let viewing = FrameViewing(
                reading: reading, pixelAspect: opened.stream.pixelAspect,
                detail: options.colors.detail ?? network.use.workingSide)
            let source = try await ColorSource(
                network, viewing: viewing, format: format, options: options.colors)
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
        var begin: Double? = options.start > 0 ? facts.origin + options.start : nil
        if let resume {
            begin = max(
                Double(resume) * facts.timeBase.value - Self.warmUp,
                facts.origin + options.start)
        }
        while true {
            let decoder = try FilmDecoder(facts, form: form, from: begin)
            if let stream = try await decoder.open(), let first = try await decoder.next() {
                // Where a film cannot be sought in exactly, all of it is read.
                if let resume, first.time > resume, begin != nil {
                    try await decoder.close()
                    begin = nil
                    continue
                }
                return Opened(decoder: decoder, stream: stream, first: first)
            }
            let ending = try await decoder.ending()
            throw FilmError.noFrames(facts.path, reason: ending.lines.first ?? "")
        }
    }
}
