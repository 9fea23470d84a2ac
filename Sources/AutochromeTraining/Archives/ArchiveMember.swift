/// Header of an archive's member.
package struct ArchiveMember: Sendable, Equatable {
    /// Kind of a member.
    package enum Kind: Sendable {
        /// A regular file.
        case file
        /// A folder, without what lies in it.
        case folder
        /// A symbolic or hard link.
        case link
        /// A device, pipe or socket.
        case device
    }

    /// The name's bytes, in whatever encoding.
    package let name: [UInt8]
    /// File, folder, link or device.
    package let kind: Kind

    /// In bytes; nil where only the end of the data tells.
    package let size: Int?

    /// Where its header begins in the unpacked archive, in bytes.
    package let offset: Int

    /// Whether a password is needed for its data.
    package let isEncrypted: Bool

    /// Whether its holes are not stored, as GNU tar does it.
    package let isSparse: Bool
}
