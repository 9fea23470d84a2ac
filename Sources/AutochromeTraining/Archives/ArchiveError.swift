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
    /// The data end after a member, without the mark of a tar's end.
    case endUnmarked
    /// The decompressed content is compressed again.
    case compressedTwice
    /// It unpacks to more than an archive of photographs of its size could.
    case unpacksTooMuch
    /// The list of its members is encrypted.
    case encrypted
    /// No memory is left to read it.
    case outOfMemory
}

extension ArchiveError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotBeOpened(let reason): "cannot be opened: \(reason)"
        case .memberDamaged: "the member is damaged"
        case .memberTooLarge(let limit): "the member has more than \(limit) bytes"
        case .ended: "the archive is truncated or damaged"
        case .endUnmarked: "the archive ends without the end marker of a tar"
        case .compressedTwice:
            "compressed more than once, which is not supported. Unpack it first"
        case .unpacksTooMuch:
            "unpacks to more than \(ArchiveReader.ratioLimit) times its size, which "
                + "photographs never do; the files before are kept. If it is intended, unpack it first"
        case .encrypted: "encrypted, including its list of files; decrypt it first"
        case .outOfMemory: "not enough memory to read the archive"
        }
    }
}
