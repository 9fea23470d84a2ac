internal import SystemPackage

/// Reads a film's frames out of ffmpeg, on a thread of its own.
actor FilmDecoder {
    private nonisolated let executor = ThreadExecutor(label: "film decoder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let process: MediaProcess
    private let pipe: FileDescriptor
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
        timeBase = facts.timeBase
        var arguments = MediaTool.quiet
        if let seconds, seconds > facts.startTime {
            arguments += ["-ss", decimal(seconds - facts.startTime)]
        }
        arguments += ["-copyts", "-i", MediaTool.name(facts.path)]
        arguments += ["-map", "0:\(facts.video.index)"]
        if let filter = form.filter { arguments += ["-vf", filter] }
        let base = facts.timeBase
        arguments += ["-fps_mode", "passthrough"]
        arguments += ["-enc_time_base", "\(base.numerator)/\(base.denominator)"]
        arguments += ["-c:v", "rawvideo", "-pix_fmt", form.pixelFormat, "-f", "nut", "pipe:1"]
        process = MediaProcess("ffmpeg", arguments, input: try MediaTool.nothing(), output: write)
    }

    /// The frames' size and shape; nil when there are none.
    func open() throws -> NUTReader.Stream? {
        reader = try NUTReader(ByteSource(pipe))
        return reader?.stream
    }

    /// The next frame, or nil when no more can be read.
    func next() throws -> FilmFrame? {
        guard let frame = try reader?.next() else { return nil }
        // Times of damaged films may stand still; no container takes that.
        lastTime = max(inTimeBase(frame.time), lastTime == .min ? .min : lastTime + 1)
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
    private func inTimeBase(_ time: Int64) -> Int64 {
        guard let base = reader?.stream.timeBase else { return time }
        let factor = timeBase.numerator * base.denominator
        let divisor = timeBase.denominator * base.numerator
        guard factor > 0 else { return time }
        return Int64((Double(time) * Double(divisor) / Double(factor)).rounded())
    }
}

/// Seconds with six digits, as ffmpeg takes them.
func decimal(_ seconds: Double) -> String {
    let microseconds = Int64((seconds * 1e6).rounded())
    let (whole, rest) = abs(microseconds).quotientAndRemainder(dividingBy: 1_000_000)
    let digits = String(rest)
    return (microseconds < 0 ? "-" : "") + "\(whole)."
        + String(repeating: "0", count: 6 - digits.count) + digits
}
