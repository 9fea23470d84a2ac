internal import Autochrome
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A folder for temporary files that only its owner may enter, locked for as long as its server
/// runs, so that another one can recognise the folder of a killed server.
struct SpoolFolder: Sendable {
    private static let prefix = "autochrome-serve-"

    let path: FilePath

    /// Holds the lock; the system lets go of it when the process ends, however it ends.
    private let lock: FileDescriptor

    /// Makes a new one, and removes those that killed servers of the same user left beside it.
    ///
    /// - Parameter base: where; nil for the system's folder for temporary files.
    /// - Throws: `SpoolError`
    init(in base: FilePath?) throws(SpoolError) {
        let base = base ?? .temporaryFolder
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

    /// Removes all that is in it but `kept`, and the folder where that is nothing.
    func remove(keeping kept: Set<String>) {
        Self.remove(path, keeping: kept)
        try? lock.close()
    }

    /// Lends the folders that ended visits left beside it, one by one; they are removed afterwards.
    func takeOver(_ body: (FilePath) async -> Void) async {
        let base = path.removingLastComponent()
        for name in (try? base.names()) ?? [] where name.starts(with: Self.prefix.utf8) {
            let folder = base.appending(name: name)
            guard Self.hasList(folder), let lock = Self.lock(folder) else { continue }
            await body(folder)
            Self.remove(folder)
            try? lock.close()
        }
    }

    /// Whether an ended visit has left something there.
    private static func hasList(_ folder: FilePath) -> Bool {
        FileFacts.kind(of: folder.appending(KeptPhotograph.list)) == .file
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
                facts.kind == .folder, facts.owner == geteuid(), !hasList(path),
                time(nil) - facts.modificationTime > 60, let lock = lock(path)
            else { continue }
            remove(path)
            try? lock.close()
        }
    }

    private static func remove(_ path: FilePath, keeping kept: Set<String> = []) {
        for name in (try? path.names()) ?? []
        where !kept.contains(String(decoding: name, as: UTF8.self)) {
            _ = path.appending(name: name).withPlatformString { unlink($0) }
        }
        _ = path.withPlatformString { rmdir($0) }
    }
}
