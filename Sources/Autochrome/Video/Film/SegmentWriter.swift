internal import SystemPackage

/// Writes frames into segments, one encoder for each; the next begins while the last one's
/// encoder ends.
struct SegmentWriter {
    /// Frames of a segment: as many as an encoder would put between two key frames by itself.
    static let length = 240

    private(set) var work: FilmWork
    private let setup: FilmSetup
    private var current: (encoder: SegmentEncoder, name: String, start: Int64, frames: Int)?
    private var ending: (encoder: SegmentEncoder, task: Task<Void, any Error>, FilmWork.Segment)?
    private var lastTime: Int64 = 0
    private var step: Int64 = 1
    private var number: Int

    init(_ work: FilmWork, setup: FilmSetup) {
        self.work = work
        self.setup = setup
        number = work.segments.count
    }

    /// Frames of all segments so far.
    var frames: Int { work.frames + (ending?.2.frames ?? 0) + (current?.frames ?? 0) }

    mutating func write(time: Int64, _ bytes: [UInt8]) async throws {
        if let last = ending, await last.encoder.hasEnded { try await settle() }
        if let full = current, full.frames >= Self.length {
            current = nil
            try await settle()
            let segment = FilmWork.Segment(
                name: full.name, frames: full.frames, start: full.start, next: time)
            ending = (full.encoder, Task { try await full.encoder.finish() }, segment)
        }
        if current == nil {
            let path = work.path(number, setup.codec)
            number += 1
            let encoder = try SegmentEncoder(path, setup: setup, start: time)
            current = (encoder, path.lastComponent?.string ?? "", time, 0)
        }
        try await current?.encoder.write(time: time, bytes)
        current?.frames += 1
        if lastTime > 0, time > lastTime { step = time - lastTime }
        lastTime = time
    }

    /// Ends the last segment.
    ///
    /// - Parameter isWhole: whether the film is, too; otherwise the segment is not kept as whole.
    /// - Returns: the segment that is not whole, with the time at which it ends.
    mutating func finish(isWhole: Bool) async throws -> FilmWork.Segment? {
        try await settle()
        guard let last = current else {
            if isWhole { try work.endHere() }
            return nil
        }
        current = nil
        try await last.encoder.finish()
        let segment = FilmWork.Segment(
            name: last.name, frames: last.frames, start: last.start,
            next: isWhole ? nil : lastTime + step)
        guard isWhole else { return segment }
        try work.add(segment)
        return nil
    }

    /// Gives up what is not whole.
    mutating func cancel() async {
        await current?.encoder.cancel()
        current = nil
        try? await settle()
    }

    /// Waits for the encoder of the segment before.
    private mutating func settle() async throws {
        guard let (_, task, segment) = ending else { return }
        ending = nil
        try await task.value
        try work.add(segment)
    }
}
