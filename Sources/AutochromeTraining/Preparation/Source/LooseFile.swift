internal import Autochrome
internal import SystemPackage

/// A file outside any archive.
struct LooseFile: ~Copyable {
    private let descriptor: FileDescriptor

    init(_ path: FilePath) throws {
        descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    }

    deinit { try? descriptor.close() }

    /// Whether this is a file that begins as an archive; false where it cannot be read.
    static func isArchive(_ path: FilePath) -> Bool {
        // A pipe must not even be opened: that waits until something is written to it.
        guard FileFacts.kind(of: path) == .file,
            let start = try? LooseFile(path).start(ArchiveSignature.length)
        else { return false }
        return ArchiveSignature.matches(start)
    }

    /// The first bytes, at most `count`.
    func start(_ count: Int) throws -> [UInt8] { try descriptor.bytes(at: 0, count: count) }

    /// All bytes.
    ///
    /// - Throws: `ArchiveError.memberTooLarge` for more than `limit`, else `Errno`.
    func read(limit: Int) throws -> [UInt8] {
        let size = Int(try descriptor.seek(offset: 0, from: .end))
        guard size <= limit else { throw ArchiveError.memberTooLarge(limit: limit) }
        return try start(size)
    }
}
