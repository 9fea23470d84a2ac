internal import Foundation
internal import SystemPackage

/// The records of a journal, one after the other.
final class JournalRecords {
    private var lines: LineReader
    private let decoder: JSONDecoder

    /// Nil where there is no journal.
    init?(_ path: FilePath) throws(PrepareError) {
        decoder = JSONDecoder()
        do throws(Errno) {
            lines = try LineReader(path)
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            throw .sourceUnreadable(path, reason: "\(error)")
        }
    }

    /// The next record, and the journal's length up to its end.
    func next() -> (JournalRecord, Int)? {
        guard let line = lines.next(),
            let record = try? decoder.decode(JournalRecord.self, from: Data(line))
        else { return nil }
        return (record, lines.position)
    }
}
