/// What coloured a photograph, as its metadata tells.
package struct Provenance: Sendable {
    /// Of this program, such as "1.0".
    package let programVersion: String
    /// The name the model's file gives itself.
    package let modelName: String

    /// Which colours a person chose, and the SHA-256 of the hints; nil where the model alone did.
    package let hints: (summary: String, digest: String)?

    /// What this version of the program and this model made.
    ///
    /// - Parameters:
    ///   - programVersion: of this program, such as "1.0".
    ///   - modelName: the name the model's file gives itself.
    ///   - hints: what a person said of the colours; nil for nothing.
    package init(programVersion: String, modelName: String, hints: Hints? = nil) {
        self.programVersion = programVersion
        self.modelName = modelName
        self.hints = hints.map { ($0.summary, $0.digest) }
    }

    /// What follows "by model" in an XMP history.
    var model: String {
        guard let hints else { return modelName }
        return "\(modelName), with colours that a person chose: \(hints.summary); "
            + Self.mark + hints.digest
    }

    /// What stands before the digest of the hints.
    private static let mark = "hints sha256:"

    /// The digest of the hints that a photograph was coloured with, as its XMP tells of the last
    /// time; nil where it tells of none.
    static func hintsDigest(inXMP xmp: [UInt8]) -> String? {
        let text = String(decoding: xmp, as: UTF8.self)
        let events = text.ranges(of: "colours predicted from lightness by model")
        guard let event = events.last,
            let mark = text[event.upperBound...].firstRange(of: mark)
        else { return nil }
        let digest = text[mark.upperBound...].prefix { $0.isHexDigit }
        return digest.count == 64 ? String(digest) : nil
    }

    /// "Autochrome 1.0": the agent in an XMP history.
    var agent: String { "Autochrome \(programVersion)" }
}
