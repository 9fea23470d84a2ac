internal import Autochrome

/// The hints of a session's photograph, in a file of the spool.
struct KeptHints: Sendable {
    /// The document as it was sent.
    let file: SpoolFile

    /// SHA-256 of what the hints say.
    let digest: String

    /// The most bytes of a document.
    static let mostBytes = 1_000_000

    /// Stores a document.
    ///
    /// - Throws: `SpoolError`
    init(_ document: [UInt8], _ hints: Hints, in spool: Spool) async throws(SpoolError) {
        let file = spool.file()
        try await blocking { () throws(SpoolError) in try file.append(document) }
        (self.file, digest) = (file, hints.digest)
    }

    /// The document.
    func document() async throws -> [UInt8] {
        try await blocking { try file.read(at: 0, count: Self.mostBytes) }
    }

    /// The document as text; nil where it cannot be read. Blocks while it reads.
    var text: String? {
        (try? file.read(at: 0, count: Self.mostBytes)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What it says.
    func hints() async throws -> Hints {
        try Hints(content: try await document(), file: Self.name)
    }

    /// What a document is called in messages.
    static let name = "hints"
}
