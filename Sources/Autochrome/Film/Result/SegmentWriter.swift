internal import SystemPackage

/// Writes frames into segments, one encoder for each; the next begins while the last one's
/// encoder ends.
struct SegmentWriter {
    /// Frames of a segment: as many as an encoder would put between two key frames by itself.
    static let length = 240

    private(set) var work: FilmWork
    private let setup: FilmSetup
    private var current: (encoder: SegmentEncoder, name: String, start: Int64, frames: Int)?
    private var ending: Finishing?

    /// Time of the newest frame, of an earlier run's where there is none yet.
    private(set) var lastTime: Int64?

    /// From the frame before it.
    private(set) var step: Int64 = 1
    private var number: Int

    /// A segment that has all its frames, while its encoder ends.
    private struct Finishing {
        let encoder: SegmentEncoder
        let frames: Int
        let segment: Task<FilmWork.Segment, any Error>
    }

    init(_ work: FilmWork, setup: FilmSetup) {
        self.work = work
        self.setup = setup
        number = work.segments.count
        lastTime = work.segments.last?.last
    }

    /// Frames of all segments so far.
    var frames: Int { work.frames + (ending?.frames ?? 0) + (current?.frames ?? 0) }

    mutating func write(time: Int64, _ bytes: [UInt8]) async throws {
        if let last = ending, await last.encoder.hasEnded { try await settle() }
        if let full = current, full.frames >= Self.length {
            try await settle()
            current = nil
            let last = lastTime ?? full.start
            let finishing = Task {
                FilmWork.Segment(
                    name: full.name, frames: full.frames, size: try await full.encoder.finish(),
                    start: full.start, last: last, end: time, next: time)
            }
            ending = Finishing(encoder: full.encoder, frames: full.frames, segment: finishing)
        }
        if current == nil {
            let path = work.path(number, setup.codec)
            number += 1
            let encoder = try SegmentEncoder(path, setup: setup, start: time)
            current = (encoder, path.lastComponent?.string ?? "", time, 0)
        }
        try await current?.encoder.write(time: time, bytes)
        current?.frames += 1
        if let lastTime, time > lastTime { step = time - lastTime }
        lastTime = time
    }

    /// Ends the last segment.
    ///
    /// - Parameter end: until when the film's last frame is shown; nil when the film is not whole,
    ///   and then the segment is not kept as whole.
    /// - Returns: the segment that is not whole, with the time at which it ends.
    mutating func finish(end: Int64?) async throws -> FilmWork.Segment? {
        try await settle()
        guard let full = current else {
            if let end { try work.endHere(at: end) }
            return nil
        }
        let size = try await full.encoder.finish()
        current = nil
        let last = lastTime ?? full.start
        let next = last.adding(step)
        let segment = FilmWork.Segment(
            name: full.name, frames: full.frames, size: size, start: full.start, last: last,
            end: next, next: next)
        guard let end else { return segment }
        try work.add(segment.ending(at: end))
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
        guard let last = ending else { return }
        ending = nil
        try work.add(try await last.segment.value)
    }
}
