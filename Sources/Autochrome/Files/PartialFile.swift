internal import Synchronization
package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file on its way to being whole: written under a name of its own, then renamed.
///
/// The name is hidden and follows from the final one (`photo.jpg` grows as `.photo.jpg.part`),
/// so what a killed process leaves is taken over by the next one that writes the same file. A
/// lock keeps two processes from writing it at once; it is the file's, so whoever writes to `path`
/// must leave the same file there. When the value goes without `commit`, the part is removed.
package struct PartialFile: ~Copyable {
    /// Where to write.
    package let path: FilePath

    private let destination: FilePath
    private let descriptor: FileDescriptor

    /// Parts that exist now, for `removeAll`.
    private static let existing = Mutex<Set<FilePath>>([])

    /// Creates the part, empty, beside `destination`.
    ///
    /// - Throws: `FileError` when the folder cannot be written or another process holds the part.
    package init(for destination: FilePath) throws(FileError) {
        let path = try destination.hidden(".part")
        let opened: Result<FileDescriptor, Errno> = Self.existing.withLock { parts in
            Result { () throws(Errno) in try Self.create(path) }.map {
                parts.insert(path)
                return $0
            }
        }
        do {
            descriptor = try opened.get()
        } catch {
            throw FileError(
                path: destination,
                reason: error == .wouldBlock
                    ? "another process is writing it" : "cannot be written: \(error)")
        }
        self.path = path
        self.destination = destination
    }

    /// Appends bytes to the part.
    package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        do {
            try descriptor.writeAll(bytes)
        } catch {
            throw FileError(path: destination, reason: "cannot be written: \(error)")
        }
    }

    /// Replaces the file at `path` by one that holds these bytes; it appears whole or not at all.
    package static func replace(_ path: FilePath, with bytes: [UInt8]) throws(FileError) {
        let part = try PartialFile(for: path)
        let written = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileError) in try part.write(bytes) }
        }
        try written.get()
        _ = try part.commit(replacing: true)
    }

    /// Gives the part its final name, once what it holds has reached the disk.
    ///
    /// - Parameter replacing: whether a file of that name is replaced. Otherwise it stays, and
    ///   the part is removed.
    /// - Returns: whether the file has its name now.
    package consuming func commit(replacing: Bool) throws(FileError) -> Bool {
        let part = path
        guard Self.isSame(descriptor, part) else {
            // What is there now is another's, and stays.
            Self.existing.withLock { _ = $0.remove(part) }
            throw FileError(
                path: destination,
                reason: "its part \(part) was removed or replaced meanwhile; start again")
        }
        do throws(Errno) {
            guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
            return try rename(replacing: replacing)
        } catch {
            throw FileError(path: destination, reason: "cannot be written: \(error)")
        }
    }

    /// Removes all parts of this process and lets no new one begin: the last act of a process
    /// that is interrupted.
    package static func removeAll(then exit: () -> Never) -> Never {
        existing.withLock { parts in
            for part in parts { _ = part.withPlatformString(unlink) }
            exit()
        }
    }

    deinit {
        let part = path
        Self.existing.withLock { parts in
            if parts.remove(part) != nil { _ = part.withPlatformString(unlink) }
        }
        try? descriptor.close()
    }
}

extension PartialFile {
    /// Between being opened and being locked a part may have got its final name, or gone: what
    /// was opened is then no part any more, and another is made.
    private static func create(_ path: FilePath) throws(Errno) -> FileDescriptor {
        for _ in 0..<100 {
            let descriptor = try opened(path)
            let claimed = Result { () throws(Errno) in try claim(descriptor, path) }
            if case .success(true) = claimed { return descriptor }
            try? descriptor.close()
            _ = try claimed.get()
        }
        throw .wouldBlock
    }

    private static func opened(_ path: FilePath) throws(Errno) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Locks the part and empties it: what a killed process left is thrown away, but only once
    /// the lock says that it is left.
    ///
    /// - Returns: false where what was opened is not the part at `path`.
    private static func claim(
        _ descriptor: FileDescriptor, _ path: FilePath
    ) throws(Errno) -> Bool {
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw Errno(rawValue: errno)
        }
        guard isSame(descriptor, path) else { return false }
        // A process killed halfway through `linked` left a second name of a whole file.
        if try FileFacts(of: descriptor).linkCount > 1 {
            guard path.withPlatformString(unlink) == 0 else { throw Errno(rawValue: errno) }
            return false
        }
        guard ftruncate(descriptor.rawValue, 0) == 0 else { throw Errno(rawValue: errno) }
        return true
    }

    /// Whether `path` leads to the file that is open.
    private static func isSame(_ descriptor: FileDescriptor, _ path: FilePath) -> Bool {
        guard let opened = try? FileFacts(of: descriptor), let found = try? FileFacts(of: path)
        else { return false }
        return opened.identity == found.identity
    }

    private borrowing func rename(replacing: Bool) throws(Errno) -> Bool {
        let (from, to) = (path, destination)
        return try Self.existing.withLock { parts throws(Errno) in
            if replacing {
                try from.rename(to: to)
            } else if try !Self.linked(from, to) {
                return false
            }
            parts.remove(from)
            return true
        }
    }

    /// Renames unless the new name is taken.
    ///
    /// - Returns: whether it was not.
    private static func linked(_ from: FilePath, _ to: FilePath) throws(Errno) -> Bool {
        // A hard link is refused where the name is taken, whoever took it a moment ago.
        let status = from.withPlatformString { old in
            to.withPlatformString { new in link(old, new) == 0 ? unlink(old) : -1 }
        }
        if status == 0 { return true }
        if errno == EEXIST { return false }
        // FAT and some network file systems have no hard links.
        guard to.withPlatformString({ access($0, F_OK) }) != 0 else { return false }
        try from.rename(to: to)
        return true
    }
}
