package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Attributes of a file or folder.
package struct FileFacts: Sendable {
    /// Kind of file at a path.
    package enum Kind: Sendable {
        case file
        case folder
        /// A device, a pipe or a socket.
        case other
    }

    /// File, folder or other.
    package let kind: Kind

    /// In bytes.
    package let size: Int

    /// Identity shared by all paths to the same file.
    package let identity: FileIdentity

    /// Number of hard links.
    package let linkCount: Int

    /// The number of the user it belongs to.
    package let owner: UInt32

    /// When its content last changed, in whole seconds since 1970.
    package let modificationTime: Int

    /// - Parameters:
    ///   - path: the file or folder.
    ///   - followsLinks: whether a link stands for what it leads to.
    /// - Throws: `Errno` where there is nothing that can be reached.
    package init(of path: FilePath, followsLinks: Bool = true) throws(Errno) {
        var status = stat()
        let result = path.withPlatformString { path in
            followsLinks ? stat(path, &status) : lstat(path, &status)
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
        self.init(status)
    }

    /// The facts of what is open, whatever its name is by now.
    package init(of descriptor: FileDescriptor) throws(Errno) {
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            default: .other
            }
        size = Int(status.st_size)
        linkCount = Int(status.st_nlink)
        owner = status.st_uid
        #if canImport(Glibc)
            modificationTime = status.st_mtim.tv_sec
        #else
            modificationTime = status.st_mtimespec.tv_sec
        #endif
        identity = FileIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev), number: UInt64(status.st_ino))
    }

    /// The kind of what `path` leads to, or nil if there is nothing that can be reached.
    package static func kind(of path: FilePath) -> Kind? { try? FileFacts(of: path).kind }
}

/// Identity of a file: its device and its inode number.
package struct FileIdentity: Hashable, Sendable {
    fileprivate let device: UInt64
    fileprivate let number: UInt64
}
