/// A line of the journal: what became of one file of the sources, a problem, or the end.
struct JournalRecord: Codable, Sendable {
    /// A file of the sources that was dealt with.
    struct Member: Codable, Sendable {
        /// Its place among all files of the sources.
        let index: Int
        /// The hash of its name, to notice sources that changed.
        let name: UInt64
        /// Why it is not in the data set; nil for what is.
        var dropped: DropReason?
        var kept: KeptPhotograph?
        /// Fingerprint for finding near-duplicates, of kept and repeated photographs.
        var fingerprint: Fingerprint?
    }

    var member: Member?
    var problem: SourceProblem?
    /// Whether the process's part is done.
    var isEnd: Bool?
}

/// A photograph of the data set.
struct KeptPhotograph: Codable, Sendable {
    /// Where it is: a path in the data set, or a shard's, `!`, and the name in it.
    var file: String
    /// Where its bytes begin in a shard.
    var offset: Int?
    /// Size in bytes.
    let bytes: Int
    /// Where it comes from.
    let source: String
    /// Pixels a side.
    let side: Int
    /// Of the upright original, in pixels.
    let sourceWidth: Int
    let sourceHeight: Int
    /// Whether the original's colours were ink.
    let isCMYK: Bool
    let colors: ColorHistogram
}
