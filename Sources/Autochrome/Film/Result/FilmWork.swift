internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The hidden folder beside a film's result that holds its whole segments until they are joined.
struct FilmWork: Sendable {
    /// What the folder says of itself.
    private struct Journal: Codable {
        /// What must be the same for the segments to be of use.
        var conditions: [String]
        var segments: [Segment]

        /// What an interruption has made of them.
        var part: FilmPart?
    }

    private let folder: FilePath
    private var journal: Journal

    var segments: [Segment] { journal.segments }
    var frames: Int { segments.reduce(0) { $0 + $1.frames } }

    /// Whether the film's last frame is in the last segment.
    var isComplete: Bool { segments.last.map { $0.next == nil } ?? false }

    /// The film as far as an interruption left it.
    var part: FilmPart? { journal.part }

    /// Opens the folder for `output`, or makes it. Segments made under other conditions go, and
    /// so do those from the first on whose file is not there as it was.
    ///
    /// - Throws: `FileError` when the folder cannot be made.
    init(for output: FilePath, conditions: [String]) throws(FileError) {
        let folder = try output.hidden(".segments")
        self.folder = folder
        let known = Self.journal(in: folder)
        journal = Journal(conditions: conditions, segments: [], part: known?.part)
        if let known, known.conditions == conditions {
            journal.segments = Array(
                known.segments.prefix { segment in
                    (try? FileFacts(of: folder.appending(segment.name)).size) == segment.size
                })
        } else {
            remove()
        }
        try folder.makeFolders()
    }

    private static func journal(in folder: FilePath) -> Journal? {
        let path = folder.appending("work.json")
        guard let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec),
            let bytes = try? file.closeAfter({ try file.readToEnd() })
        else { return nil }
        return try? JSONDecoder().decode(Journal.self, from: Data(bytes))
    }

    /// Where the next segment is written.
    func path(_ number: Int, _ codec: FilmCodec) -> FilePath {
        folder.appending("\(number.padded(5)).\(codec.segmentContainer)")
    }

    /// Notes a segment that is whole.
    mutating func add(_ segment: Segment) throws {
        journal.segments.append(segment)
        try write()
    }

    /// Notes that no frames follow the last segment, and until when its last is shown.
    mutating func endHere(at end: Int64) throws {
        guard let last = journal.segments.popLast() else { return }
        try add(last.ending(at: end))
    }

    /// Notes what an interruption has made.
    mutating func add(_ part: FilmPart) throws {
        journal.part = part
        try write()
    }

    private func write() throws {
        try replace("work.json", with: try JSONEncoder().encode(journal))
    }

    /// Writes a file of the folder, whole or not at all.
    @discardableResult
    private func replace(_ name: String, with data: Data) throws -> FilePath {
        let path = folder.appending(name)
        try PartialFile.replace(path, with: [UInt8](data))
        return path
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
            lines.append("duration \((Double(length) / 1e6).decimal)")
        }
        return try replace(
            "list.txt", with: Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// Removes the file of a segment that is not whole.
    func remove(_ partial: Segment) {
        _ = folder.appending(partial.name).withPlatformString(unlink)
    }

    /// Removes the folder with all that is in it.
    func remove() {
        for name in (try? folder.names()) ?? [] {
            _ = folder.appending(name: name).withPlatformString(unlink)
        }
        _ = folder.withPlatformString(rmdir)
    }
}
