internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The hidden folder beside a film's result that holds its whole segments until they are joined.
struct FilmWork: Sendable {
    /// One segment whose file is whole.
    struct Segment: Codable, Sendable {
        let name: String
        let frames: Int

        /// Time of its first frame, in the film's time base.
        let start: Int64

        /// Time of the frame after it; nil when there is none.
        let next: Int64?
    }

    /// What the folder says of itself.
    private struct Journal: Codable {
        /// What must be the same for the segments to be of use.
        var conditions: [String]
        var segments: [Segment]
    }

    let folder: FilePath
    private var journal: Journal

    var segments: [Segment] { journal.segments }
    var frames: Int { segments.reduce(0) { $0 + $1.frames } }

    /// Whether the film's last frame is in the last segment.
    var isComplete: Bool { segments.last.map { $0.next == nil } ?? false }

    /// Opens the folder for `output`, or makes it; segments made under other conditions go.
    init(for output: FilePath, conditions: [String]) throws {
        let name = output.lastComponent?.string ?? "film"
        folder = output.removingLastComponent().appending(".\(name).segments")
        let manager = FileManager.default
        let known = manager.contents(atPath: folder.appending("work.json").string)
            .flatMap { try? JSONDecoder().decode(Journal.self, from: $0) }
        if let known, known.conditions == conditions {
            journal = known
        } else {
            journal = Journal(conditions: conditions, segments: [])
            try? manager.removeItem(atPath: folder.string)
        }
        do {
            try manager.createDirectory(
                atPath: folder.string, withIntermediateDirectories: true)
        } catch {
            throw FilmError.unwritable(folder, reason: "the folder cannot be made")
        }
    }

    /// Where the next segment is written.
    func path(_ number: Int, _ codec: FilmCodec) -> FilePath {
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 5 - digits.count))
        return folder.appending("\(zeros)\(digits).\(codec.segmentContainer)")
    }

    /// Notes a segment that is whole.
    mutating func add(_ segment: Segment) throws {
        journal.segments.append(segment)
        try write()
    }

    /// Notes that no frames follow the last segment.
    mutating func endHere() throws {
        guard let last = journal.segments.popLast() else { return }
        try add(Segment(name: last.name, frames: last.frames, start: last.start, next: nil))
    }

    private func write() throws {
        do {
            try JSONEncoder().encode(journal).write(
                to: URL(filePath: folder.appending("work.json").string), options: .atomic)
        } catch {
            throw FilmError.unwritable(folder, reason: "no space is left on the disk, or no right")
        }
    }

    /// The list that ffmpeg joins by.
    ///
    /// - Parameter partial: one more segment at the end, which is not whole.
    func writeList(timeBase: Rational, partial: Segment? = nil) throws -> FilePath {
        let all = segments + (partial.map { [$0] } ?? [])
        let first = all.first?.start ?? 0
        var lines = ["ffconcat version 1.0"]
        for segment in all {
            lines.append("file '\(segment.name)'")
            guard let next = segment.next else { continue }
            // Differences of rounded times, so that rounding does not add up.
            let length =
                timeBase.microseconds(next - first)
                - timeBase.microseconds(segment.start - first)
            lines.append("duration \(decimal(Double(length) / 1e6))")
        }
        let list = folder.appending("list.txt")
        do {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(filePath: list.string))
        } catch {
            throw FilmError.unwritable(list, reason: "no space is left on the disk, or no right")
        }
        return list
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder.string) }
}
