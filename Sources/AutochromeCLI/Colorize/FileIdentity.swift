import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What makes two paths the same file: its device and its number there.
struct FileIdentity: Hashable {
    private let device: UInt64
    private let number: UInt64

    /// What a path leads to, links followed.
    enum Kind {
        case file
        case folder
        case other
    }

    /// The identity of what `path` leads to, or nil if there is nothing that can be reached.
    init?(of path: FilePath) {
        guard let status = Self.status(of: path) else { return nil }
        device = UInt64(truncatingIfNeeded: status.st_dev)
        number = UInt64(status.st_ino)
    }

    /// The kind of what `path` leads to, or nil if there is nothing that can be reached.
    static func kind(of path: FilePath) -> Kind? {
        guard let status = status(of: path) else { return nil }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    private static func status(of path: FilePath) -> stat? {
        var status = stat()
        return path.withPlatformString { stat($0, &status) } == 0 ? status : nil
    }
}
