internal import SystemPackage

/// A file outside any archive.
struct LooseFile: ~Copyable {
    private let descriptor: FileDescriptor

    init(_ path: FilePath) throws {
        descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    }

    deinit { try? descriptor.close() }

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
