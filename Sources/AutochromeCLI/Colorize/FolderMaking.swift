import Autochrome
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes the folders that results go into.
enum FolderMaking {
    /// Makes the folder of `file`, and those above it, unless they are there.
    static func makeFolder(for file: FilePath) throws(FileError) {
        let folder = file.removingLastComponent()
        guard !folder.isEmpty, FileIdentity.kind(of: folder) != .folder else { return }
        try makeFolder(for: folder)
        let status = folder.withPlatformString { mkdir($0, 0o777) }
        guard status == 0 || errno == EEXIST else {
            let reason = Errno(rawValue: errno)
            throw FileError(path: folder, reason: "the folder cannot be made: \(reason)")
        }
    }
}
