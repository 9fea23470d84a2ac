internal import SystemPackage

/// Reads a film's frames out of ffmpeg, on a thread of its own.
actor FilmDecoder {
    private nonisolated let executor = ThreadExecutor(label: "film decoder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let process: MediaProcess
    private let pipe: FileDescriptor
    private let path: FilePath
    private let timeBase: Rational
    private var isOpen = true
    private var reader: NUTReader?
    private var lastTime = Int64.min

    /// - Parameters:
    ///   - facts: the film.
    ///   - form: how its frames are wanted.
    ///   - seconds: where to begin, on the film's clock; a little before it will do. Nil is the
    ///     beginning.
    init(_ facts: FilmFacts, form: SourceFrames, from seconds: Double?) throws {
        let (read, write) = try MediaTool.pipe()
        pipe = read
        path = facts.path
        timeBase = facts.timeBase
        var arguments = MediaTool.quiet
        if let seconds, seconds > facts.startTime {
            arguments += ["-ss", "\((seconds - facts.startTime).decimal)"]
        }
        arguments += ["-copyts", "-i", MediaArgument(facts.path)]
        arguments += ["-map", "0:\(facts.video.index)"]
        if let filter = form.filter { arguments += ["-vf", "\(filter)"] }
        let base = facts.timeBase
        arguments += ["-fps_mode", "passthrough"]
        arguments += ["-enc_time_base", "\(base.numerator)/\(base.denominator)"]
        arguments += ["-c:v", "rawvideo", "-pix_fmt", "\(form.pixelFormat)", "-f", "nut", "pipe:1"]
        process = MediaProcess("ffmpeg", arguments, input: try MediaTool.nothing(), output: write)
    }

    /// The frames' size and shape; nil when there are none.
    func open() throws -> NUTReader.Stream? {
        reader = try NUTReader(ByteSource(pipe))
        return reader?.stream
    }

    /// The next frame, or nil when no more can be read.
    ///
    /// - Throws: `FilmError.unreadable` for a time that no clock has.
    func next() throws -> FilmFrame? {
        guard let frame = try reader?.next() else { return nil }
        // Times of damaged films may stand still; no container takes that.
        lastTime = max(try inTimeBase(frame.time), lastTime == .min ? .min : lastTime + 1)
        return FilmFrame(time: lastTime, bytes: frame.bytes)
    }

    /// Ends ffmpeg, whether it is done or not, and tells how it ended.
    @discardableResult
    func close() async throws -> MediaProcess.Ending {
        process.kill()
        return try await ending()
    }

    /// Waits for ffmpeg's own end, which comes with what it has left to say: nobody reads frames
    /// any more.
    func ending() async throws -> MediaProcess.Ending {
        if isOpen { try? pipe.close() }
        isOpen = false
        reader = nil
        return try await process.ending()
    }

    /// NUT's time base is the film's or a fraction of it.
    private func inTimeBase(_ time: Int64) throws -> Int64 {
        guard let base = reader?.stream.timeBase else { return time }
        let factor = Double(timeBase.numerator) * Double(base.denominator)
        let divisor = Double(timeBase.denominator) * Double(base.numerator)
        let units = (Double(time) * divisor / factor).rounded()
        let seconds = units * timeBase.value
        guard abs(seconds) <= FilmOptions.latest, let exact = Int64(exactly: units) else {
            throw FilmError.unreadable(
                path, reason: "a frame stands at \(seconds) s, which no film lasts.")
        }
        return exact
    }
}
