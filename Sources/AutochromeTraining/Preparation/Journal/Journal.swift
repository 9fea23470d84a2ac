internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Record of a process's finished work, line by line, so that it resumes after being
/// stopped at any moment.
///
/// A record is added after the photograph it tells of is in its place. A torn last line is no
/// record.
struct Journal: ~Copyable {
    private let path: FilePath
    private let descriptor: FileDescriptor
    private let encoder: JSONEncoder

    /// Opens the journal for adding records after its first `length` bytes; what follows them is
    /// cut off.
    init(_ path: FilePath, keeping length: Int) throws(PrepareError) {
        descriptor = try Self.open(path, keeping: length)
        self.path = path
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    private static func open(
        _ path: FilePath, keeping length: Int
    ) throws(PrepareError) -> FileDescriptor {
        do {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try descriptor.resize(to: Int64(length))
            try descriptor.seek(offset: Int64(length), from: .start)
            return descriptor
        } catch {
            throw .cannotWrite(path, reason: "\(error)")
        }
    }

    deinit { try? descriptor.close() }

    /// Adds a record.
    func append(_ record: JournalRecord) throws(PrepareError) {
        do {
            _ = try descriptor.writeAll(encoder.encode(record) + [UInt8(ascii: "\n")])
        } catch {
            throw .cannotWrite(path, reason: "\(error)")
        }
    }

    /// Whether a journal records that its part is done.
    static func hasEnd(_ path: FilePath) -> Bool {
        let end = Array("{\"isEnd\":true}\n".utf8)
        guard let size = try? FileFacts(of: path).size, size >= end.count,
            let file = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        else { return false }
        let tail = try? file.closeAfter {
            try file.bytes(at: size - end.count, count: end.count)
        }
        return tail == end
    }

    /// Hands the records out in order, each with the journal's length up to its end, until `body`
    /// returns false.
    ///
    /// - Throws: what `JournalRecords` and `body` throw.
    static func read(
        _ path: FilePath, _ body: (JournalRecord, Int) throws(PrepareError) -> Bool
    ) throws(PrepareError) {
        guard let records = try JournalRecords(path) else { return }
        while let (record, length) = try records.next() {
            guard try body(record, length) else { return }
        }
    }
}
