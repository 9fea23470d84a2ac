/// Why an archive cannot be read further.
package enum ArchiveError: Error, Equatable, Sendable {
    /// The operating system does not hand the file out; its reason.
    case cannotBeOpened(reason: String)
    /// This member's data are damaged; the next member may be whole.
    case memberDamaged
    /// This member has more than `limit` bytes.
    case memberTooLarge(limit: Int)
    /// The archive ends or is damaged here; nothing after it can be read.
    case ended
    /// No memory is left to read it.
    case outOfMemory
}

extension ArchiveError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotBeOpened(let reason): "cannot be opened: \(reason)"
        case .memberDamaged: "the member is damaged"
        case .memberTooLarge(let limit): "the member has more than \(limit) bytes"
        case .ended: "the archive is cut short or damaged"
        case .outOfMemory: "there is no memory left to read the archive"
        }
    }
}
