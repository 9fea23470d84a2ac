import Autochrome
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A new folder that only its owner may enter, removed when the value goes; by then it is empty.
final class TemporaryFolder: Sendable {
    let path: FilePath

    /// - Throws: `FileError` where none can be made.
    init() throws(FileError) {
        let base = FilePath.temporaryFolder
        do throws(Errno) {
            path = try base.makeUniqueFolder(prefix: "autochrome-")
        } catch {
            throw FileError(
                path: base, reason: "cannot create a folder: \(error). Set TMPDIR.")
        }
    }

    deinit {
        _ = path.withPlatformString { rmdir($0) }
    }
}
