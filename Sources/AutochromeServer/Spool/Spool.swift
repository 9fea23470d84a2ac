internal import Synchronization
package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The private folder in which photographs wait while the server works on them.
///
/// Only its owner may enter it, names in it are numbers, and it goes when the server does. The
/// bytes of uploads in it are counted, and bounded.
package final class Spool: Sendable {
    /// Where the files lie.
    let folder: FilePath

    /// The most bytes of uploads there may be at once.
    let capacity: Int

    private let state = Mutex((nextNumber: 0, bytes: 0))

    /// Makes the folder below the system's folder for temporary files.
    ///
    /// - Throws: `SpoolError`
    init(capacity: Int) throws(SpoolError) {
        self.capacity = capacity
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/" + "tmp"
        var template = Array((base + "/autochrome-serve-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw .folder(FilePath(base), reason: "\(Errno(rawValue: errno))")
        }
        folder = FilePath(platformString: made)
    }

    deinit { remove() }

    /// A new file, which does not exist yet.
    func file() -> SpoolFile {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        return SpoolFile(path: folder.appending("\(number)"), spool: self)
    }

    /// Counts bytes that are about to be stored.
    ///
    /// - Returns: whether there is room for them; else nothing is counted.
    func reserve(_ count: Int) -> Bool {
        state.withLock { state in
            guard state.bytes + count <= capacity else { return false }
            state.bytes += count
            return true
        }
    }

    func release(_ count: Int) { state.withLock { $0.bytes -= count } }

    /// Bytes of uploads that are stored now.
    var bytes: Int { state.withLock { $0.bytes } }

    /// Removes the folder and all in it: the last act of the server.
    func remove() {
        guard let stream = folder.withPlatformString({ opendir($0) }) else { return }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(
                    to: CInterop.PlatformChar.self,
                    capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)
                ) { FilePath.Component(platformString: $0) }
            }
            guard let name, name.kind == .regular else { continue }
            _ = folder.appending(name).withPlatformString { unlink($0) }
        }
        closedir(stream)
        _ = folder.withPlatformString { rmdir($0) }
    }
}

/// Why photographs cannot be stored.
package enum SpoolError: Error, CustomStringConvertible {
    /// The folder for temporary files cannot be made.
    case folder(FilePath, reason: String)
    /// The disk does not take more; its reason.
    case unwritable(reason: String)
    /// Too many bytes of photographs are waiting already.
    case full

    package var description: String {
        switch self {
        case .folder(let path, let reason):
            "\(path): no folder for temporary files can be made there: \(reason). Set TMPDIR."
        case .unwritable(let reason):
            "The server cannot store the photograph: \(reason). Try again later."
        case .full:
            "The server holds as many photographs as it may. Try again later."
        }
    }
}
