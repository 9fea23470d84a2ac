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
        let base = FilePath(Environment.variables["TMPDIR"] ?? "/tmp")
        var template = Array("\(base)/autochrome-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            let reason = Errno(rawValue: errno)
            throw FileError(
                path: base, reason: "no folder can be made there: \(reason). Set TMPDIR.")
        }
        path = FilePath(platformString: made)
    }

    deinit {
        _ = path.withPlatformString { rmdir($0) }
    }
}
