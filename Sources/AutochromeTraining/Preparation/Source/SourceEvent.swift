/// Item read from the sources, in order.
enum SourceEvent: Sendable {
    case member(SourceMember)
    case problem(SourceProblem)
}

/// A file of the sources, be it in a folder or in an archive.
struct SourceMember: Sendable {
    enum Content: Sendable {
        case bytes([UInt8])
        /// It is known without decoding that it is not wanted.
        case dropped(DropReason)
    }

    /// Its place among all files of the sources.
    let index: Int
    let source: SourceName
    let content: Content
}

/// Something that could not be read, other than one photograph.
struct SourceProblem: Codable, Sendable, Equatable {
    /// Number of the sources' files before it.
    let at: Int
    /// Unreadable source.
    let source: String
    /// A sentence about the problem.
    let text: String
}
