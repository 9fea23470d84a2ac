package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension FilePath {
    /// The system's folder for temporary files: `TMPDIR`, or /tmp.
    package static var temporaryFolder: FilePath {
        FilePath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
    }

    /// Makes a new folder here that only its owner may enter.
    ///
    /// - Parameter prefix: what its name begins with; six letters follow.
    /// - Returns: its path.
    /// - Throws: the operating system's reason.
    package func makeUniqueFolder(prefix: String) throws(Errno) -> FilePath {
        var template = Array("\(self)/\(prefix)XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Errno(rawValue: errno) }
        return FilePath(platformString: made)
    }
}
