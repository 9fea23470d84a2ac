internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A lock on a file that other processes see; it goes with the process that holds it.
struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// - Parameter waits: whether to wait for another process that holds it.
    /// - Throws: `PrepareError.busy` where another process holds it, unless it is waited for;
    ///   `.cannotLock` where the file system has no locks, as Lustre without `flock`.
    init(_ path: FilePath, waits: Bool) throws(PrepareError) {
        let opened: FileDescriptor
        do {
            opened = try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .cannotWrite(path, reason: "\(error)")
        }
        while flock(opened.rawValue, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            let reason = Errno(rawValue: errno)
            guard reason != .interrupted else { continue }
            try? opened.close()
            throw reason == .wouldBlock
                ? .busy(path.removingLastComponent().removingLastComponent())
                : .cannotLock(path, reason: "\(reason)")
        }
        descriptor = opened
    }

    deinit { try? descriptor.close() }

    /// Lets others have it.
    consuming func release() {}
}
