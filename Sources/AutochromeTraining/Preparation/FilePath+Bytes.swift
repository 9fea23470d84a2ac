internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension FilePath {
    /// The path's own bytes, whether they are UTF-8 or not.
    var bytes: [UInt8] {
        withPlatformString { name in
            UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
        }
    }

    /// A path of these bytes, which end at a zero at the latest.
    init(bytes: [UInt8]) {
        let characters = bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        self = characters.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    /// The path with one more name.
    func appending(name: [UInt8]) -> FilePath {
        FilePath(bytes: bytes + [UInt8(ascii: "/")] + name)
    }
}

/// A file's facts that are asked for here.
struct FileFacts {
    enum Kind { case file, folder, other }

    let kind: Kind
    /// In bytes.
    let size: Int
    let device: UInt64
    let number: UInt64

    /// Links are followed.
    init(of path: FilePath) throws(Errno) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else {
            throw Errno(rawValue: errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        default: kind = .other
        }
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
    }
}
