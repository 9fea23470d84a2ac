/// Until when the last frame of a film is shown, which the times of frames do not tell.
struct FilmEnd {
    let facts: FilmFacts
    let options: FilmOptions

    /// Whether ffmpeg read the film to its end and found no fault.
    let isSound: Bool

    /// Whether frames follow that are not wanted.
    let isCut: Bool

    /// - Parameters:
    ///   - last: time of the last frame, in the film's time base.
    ///   - step: from the frame before it, for films that say nothing.
    /// - Returns: a time after `last`, not after the end that was asked for.
    func time(after last: Int64, step: Int64) async throws -> Int64 {
        let asked = options.duration.flatMap { units(facts.origin + options.start + $0) }
        if isCut, let asked { return max(asked, last.adding(1)) }
        let own = try await ownEnd(after: last) ?? last.adding(step)
        return max(min(own, asked ?? .max), last.adding(1))
    }

    /// The end as the file has it. What its header says is taken where a film that is cut off
    /// would have been found out: otherwise it may be that of frames that are missing.
    private func ownEnd(after last: Int64) async throws -> Int64? {
        if isSound, facts.tellsCuts, let end = facts.end.flatMap(units), end > last { return end }
        return try await packetEnd(after: last)
    }

    /// The latest end of the last packets; nil where they do not say how long they last.
    private func packetEnd(after last: Int64) async throws -> Int64? {
        let seconds = max(0, Double(last) * facts.timeBase.value)
        var arguments: [MediaArgument] = ["-v", "error", "-of", "csv=p=0"]
        arguments += ["-select_streams", "\(facts.video.index)"]
        arguments += ["-read_intervals", "\(seconds.decimal)%"]
        arguments += ["-show_entries", "packet=pts,duration", MediaArgument(facts.path)]
        let (output, _) = try await MediaTool.run("ffprobe", arguments)
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        let ends = lines.compactMap { Self.end(of: $0, upTo: last) }
        return ends.max().flatMap { $0 > last ? $0 : nil }
    }

    /// The end of a packet, of which a line has time and length; nil for one after the last frame.
    private static func end(of line: Substring, upTo last: Int64) -> Int64? {
        let fields = line.split(separator: ",").map { Int64($0) }
        guard fields.count >= 2, let time = fields[0], let length = fields[1], time <= last
        else { return nil }
        return time.adding(length)
    }

    private func units(_ seconds: Double) -> Int64? {
        Int64(exactly: (seconds / facts.timeBase.value).rounded())
    }
}

extension Int64 {
    /// The sum, or the largest number there is where that is less.
    func adding(_ length: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(length)
        return overflow ? .max : sum
    }
}
