package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension FilePath {
    /// The names in this folder, hidden ones too, sorted by their bytes.
    ///
    /// - Throws: `Errno` where it is no folder, or cannot be read to its end.
    package func names() throws(Errno) -> [[UInt8]] {
        guard let stream = withPlatformString({ opendir($0) }) else {
            throw Errno(rawValue: errno)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            // Only this tells the end from a failure.
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Errno(rawValue: errno) }
                break
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Makes the folder, and those above it, unless they are there.
    package func makeFolders() throws(FileError) {
        guard !isEmpty, FileFacts.kind(of: self) != .folder else { return }
        try removingLastComponent().makeFolders()
        let status = withPlatformString { mkdir($0, 0o777) }
        guard status == 0 || errno == EEXIST else {
            let reason = Errno(rawValue: errno)
            throw FileError(path: self, reason: "the folder cannot be created: \(reason)")
        }
    }

    /// Gives the file or folder another name, in place of the file that has it.
    package func rename(to other: FilePath) throws(Errno) {
        let status = withPlatformString { old in
            other.withPlatformString { new in systemRename(old, new) }
        }
        if status != 0 { throw Errno(rawValue: errno) }
    }
}

/// The C library's function, which methods of the same name hide.
private let systemRename: @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32 = {
    rename($0, $1)
}
