package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A lock on a file that other processes see; it goes with the process that holds it.
package struct FileLock: ~Copyable {
    private let descriptor: FileDescriptor

    /// Makes the file unless it is there, and locks it.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - waits: whether to wait for another process that holds the lock.
    package init(_ path: FilePath, waits: Bool) throws(FileLockError) {
        let opened: FileDescriptor
        do {
            opened = try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw .unwritable(path, reason: "\(error)")
        }
        while flock(opened.rawValue, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            let reason = Errno(rawValue: errno)
            guard reason != .interrupted else { continue }
            try? opened.close()
            throw reason == .wouldBlock ? .held(path) : .unsupported(path, reason: "\(reason)")
        }
        descriptor = opened
    }

    deinit { try? descriptor.close() }

    /// Lets others have it.
    package consuming func release() {}
}

/// Why a file cannot be locked.
package enum FileLockError: Error, CustomStringConvertible {
    /// Another process holds the lock.
    case held(FilePath)

    /// The file cannot be made or opened; the operating system's reason.
    case unwritable(FilePath, reason: String)

    /// The file system has no locks, as Lustre without `flock`; the operating system's reason.
    case unsupported(FilePath, reason: String)

    package var description: String {
        switch self {
        case .held(let path):
            "\(path): another process holds this lock."
        case .unwritable(let path, let reason):
            "\(path): cannot be written: \(reason)."
        case .unsupported(let path, let reason):
            "\(path): cannot be locked: \(reason). Use a folder on a file system with locks; "
                + "Lustre has them if mounted with flock."
        }
    }
}
