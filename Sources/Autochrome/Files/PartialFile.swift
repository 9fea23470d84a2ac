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
/// lock keeps two processes from writing it at once. When the value goes without `commit`, the
/// part is removed.
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
        guard let name = destination.lastComponent else {
            throw FileError(path: destination, reason: "this is not the name of a file")
        }
        let part = ".\(name.string.utf8Prefix(230)).part"
        let path = destination.removingLastComponent().appending(part)
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

    /// Gives the part its final name, once what it holds has reached the disk.
    ///
    /// - Parameter replacing: whether a file of that name is replaced. Otherwise it stays, and
    ///   the part is removed.
    /// - Returns: whether the file has its name now.
    package consuming func commit(replacing: Bool) throws(FileError) -> Bool {
        do throws(Errno) {
            try Self.synchronize(path)
            return try rename(replacing: replacing)
        } catch {
            throw FileError(path: destination, reason: "cannot be written: \(error)")
        }
    }

    /// Removes all parts of this process and lets no new one begin: the last act of a process
    /// that is interrupted.
    package static func removeAll(then exit: () -> Never) -> Never {
        existing.withLock { parts in
            for part in parts {
                _ = part.withPlatformString(unlink)
                _ = part.beside.withPlatformString(unlink)
            }
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
    private static func create(_ path: FilePath) throws(Errno) -> FileDescriptor {
        do {
            let descriptor = try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            // What a killed process left is thrown away, but only once the lock says it is left.
            if flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0,
                ftruncate(descriptor.rawValue, 0) == 0
            {
                return descriptor
            }
            let reason = Errno(rawValue: errno)
            try descriptor.close()
            throw reason
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// The part may have been replaced by whoever wrote it, so it is opened once more.
    private static func synchronize(_ path: FilePath) throws(Errno) {
        do {
            let descriptor = try FileDescriptor.open(path, .readWrite)
            let status = fsync(descriptor.rawValue)
            let reason = Errno(rawValue: errno)
            try descriptor.close()
            if status != 0 { throw reason }
        } catch {
            throw error as? Errno ?? .ioError
        }
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

extension FilePath {
    /// Where a file stands for a moment while the part at this path is made anew.
    package var beside: FilePath {
        let name = (lastComponent?.string ?? "") + ".beside"
        return removingLastComponent().appending(name)
    }
}

extension String {
    /// The longest beginning of at most `count` bytes that is whole characters.
    fileprivate func utf8Prefix(_ count: Int) -> Substring {
        var end = startIndex
        var bytes = 0
        while end < endIndex {
            bytes += self[end].utf8.count
            if bytes > count { break }
            end = index(after: end)
        }
        return self[..<end]
    }
}
