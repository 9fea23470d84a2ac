/// Why a file of the sources is not in the data set.
package enum DropReason: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    /// By content, whatever the name; with `anyFormat`, none of the formats read.
    case notAPhoto
    /// Stored as grey.
    case oneChannel
    /// Truncated, or with bits that do not fit.
    case damaged
    /// The shorter side is below `minSide`.
    case tooSmall
    /// Three channels that are all alike.
    case grey
    /// Sepia and the like: one hue.
    case toned
    /// One that looks the same came before.
    case repeated
    /// More bytes or pixels than are taken into memory.
    case tooLarge
    /// A member of a zip that only its password opens.
    case encrypted
    /// A link, a device or a pipe.
    case notAFile
    /// The operating system does not hand it out.
    case unreadable
}
