internal import Synchronization
internal import SystemPackage

/// The private folder in which photographs wait while the server works on them.
///
/// Only its owner may enter it, names in it are numbers, and it goes when the server does. The
/// bytes of uploads in it are counted, and bounded.
final class Spool: Sendable {
    /// Where the files lie.
    var folder: FilePath { place.path }

    private let place: SpoolFolder

    /// The most bytes of uploads there may be at once.
    let capacity: Int

    private let state = Mutex((nextNumber: 0, bytes: 0, isRemoved: false))

    /// Makes the folder.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of uploads there may be at once.
    ///   - base: where it is made; nil for the system's folder for temporary files.
    /// - Throws: `SpoolError`
    init(capacity: Int, in base: FilePath? = nil) throws(SpoolError) {
        self.capacity = capacity
        place = try SpoolFolder(in: base)
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

    /// Lends the folders that ended visits left; they are removed afterwards.
    func takeOver(_ body: (FilePath) async -> Void) async { await place.takeOver(body) }

    /// Bytes of uploads that are stored now.
    var bytes: Int { state.withLock { $0.bytes } }

    /// Removes the folder and all in it but `kept`: the last act of the server.
    func remove(keeping kept: Set<String> = []) {
        let isFirst = state.withLock { state in
            defer { state.isRemoved = true }
            return !state.isRemoved
        }
        if isFirst { place.remove(keeping: kept) }
    }
}

/// Why photographs cannot be stored.
enum SpoolError: AnsweredError, CustomStringConvertible {
    /// The folder for temporary files cannot be made.
    case folder(FilePath, reason: String)
    /// The disk does not take more; its reason.
    case unwritable(reason: String)
    /// Too many bytes of photographs are waiting already.
    case full

    var description: String {
        switch self {
        case .folder(let path, let reason):
            "\(path): cannot create a folder for temporary files: \(reason). Set TMPDIR."
        case .unwritable(let reason):
            "The server cannot store the photograph: \(reason). Try again later."
        case .full:
            "The server's storage is full. Try again later."
        }
    }

    var problem: Problem { Problem(.insufficientStorage, description) }
}
