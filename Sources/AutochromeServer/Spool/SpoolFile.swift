internal import Autochrome
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file of the spool, removed when nobody holds it any more.
final class SpoolFile: Sendable {
    /// Where it lies; no part of the name comes from a request.
    let path: FilePath

    private let spool: Spool
    private let reserved = Mutex(0)

    init(path: FilePath, spool: Spool) {
        self.path = path
        self.spool = spool
    }

    deinit {
        _ = path.withPlatformString { unlink($0) }
        spool.release(reserved.withLock { $0 })
    }

    /// Appends bytes of an upload, which count against the spool's capacity.
    ///
    /// - Throws: `SpoolError`
    func append(_ bytes: [UInt8]) throws(SpoolError) {
        guard spool.reserve(bytes.count) else { throw .full }
        reserved.withLock { $0 += bytes.count }
        do {
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .append, .closeOnExec],
                permissions: .ownerReadWrite)
            try file.closeAfter { _ = try file.writeAll(bytes) }
        } catch {
            throw .unwritable(reason: "\(error)")
        }
    }

    /// Counts what others have written into it against the spool's capacity.
    ///
    /// - Throws: `SpoolError.full`
    func countSize() throws {
        let size = try size()
        guard spool.reserve(size) else { throw SpoolError.full }
        reserved.withLock { $0 += size }
    }

    /// Size in bytes.
    func size() throws -> Int {
        let file = try FileDescriptor.open(path, .readOnly)
        return try file.closeAfter { Int(try file.seek(offset: 0, from: .end)) }
    }

    /// Up to `count` bytes from `offset` on; none at the end. Blocks while it reads.
    func read(at offset: Int, count: Int) throws -> [UInt8] {
        let file = try FileDescriptor.open(path, .readOnly)
        return try file.closeAfter {
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
                initialized = try file.read(
                    fromAbsoluteOffset: Int64(offset), into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
    }
}
