internal import Autochrome
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for temporary files that only its owner may enter, locked for as long as its server
/// runs, so that another one can tell what a killed server left.
struct SpoolFolder: Sendable {
    private static let prefix = "autochrome-serve-"

    let path: FilePath

    /// Holds the lock; the system lets go of it when the process ends, however it ends.
    private let lock: FileDescriptor

    /// Makes a new one below the system's folder for temporary files, and removes those that
    /// killed servers of the same user left there.
    ///
    /// - Throws: `SpoolError`
    init() throws(SpoolError) {
        let base = FilePath.temporaryFolder
        Self.removeAbandoned(in: base)
        do throws(Errno) {
            path = try base.makeUniqueFolder(prefix: Self.prefix)
        } catch {
            throw .folder(base, reason: "\(error)")
        }
        guard let lock = Self.lock(path) else {
            throw .folder(base, reason: "it cannot be locked")
        }
        self.lock = lock
    }

    /// Removes the folder and all in it.
    func remove() {
        Self.remove(path)
        try? lock.close()
    }

    /// The lock of a folder, or nil where another process holds it.
    private static func lock(_ path: FilePath) -> FileDescriptor? {
        guard
            let descriptor = try? FileDescriptor.open(
                path, .readOnly, options: [.directory, .noFollow, .closeOnExec])
        else { return nil }
        if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        try? descriptor.close()
        return nil
    }

    private static func removeAbandoned(in base: FilePath) {
        for name in (try? base.names()) ?? [] where name.starts(with: prefix.utf8) {
            let path = base.appending(name: name)
            // One that was made a moment ago may not be locked yet.
            guard let facts = try? FileFacts(of: path, followsLinks: false),
                facts.kind == .folder, facts.owner == geteuid(),
                time(nil) - facts.modificationTime > 60, let lock = lock(path)
            else { continue }
            remove(path)
            try? lock.close()
        }
    }

    private static func remove(_ path: FilePath) {
        for name in (try? path.names()) ?? [] {
            _ = path.appending(name: name).withPlatformString { unlink($0) }
        }
        _ = path.withPlatformString { rmdir($0) }
    }
}
