internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The records of a journal, one after the other.
final class JournalRecords {
    /// The journal.
    let path: FilePath

    private var lines: LineReader
    private let decoder: JSONDecoder

    /// Nil where there is no journal.
    init?(_ path: FilePath) throws(PrepareError) {
        self.path = path
        decoder = JSONDecoder()
        do throws(Errno) {
            lines = try LineReader(path)
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            throw .sourceUnreadable(path, reason: "\(error)")
        }
    }

    /// The next record, and the journal's length up to its end; nil at the end. A last line that
    /// was not written whole, as when the process is killed, is no record.
    ///
    /// - Throws: `PrepareError.damagedJournal` for a line before the last that is no record;
    ///   `.sourceUnreadable` where the disk fails.
    func next() throws(PrepareError) -> (JournalRecord, Int)? {
        guard let line = try nextLine() else { return nil }
        if let record = try? decoder.decode(JournalRecord.self, from: Data(line)) {
            return (record, lines.position)
        }
        guard try nextLine() == nil else { throw .damagedJournal(path) }
        return nil
    }

    private func nextLine() throws(PrepareError) -> ArraySlice<UInt8>? {
        do throws(Errno) {
            return try lines.next()
        } catch {
            throw .sourceUnreadable(path, reason: "\(error)")
        }
    }
}
