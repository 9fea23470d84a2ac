/// Provenance of a photograph's colours, as stored in its metadata.
package struct Provenance: Sendable {
    /// Of this program, such as "1.0".
    package let programVersion: String
    /// The name the model's file gives itself.
    package let modelName: String

    /// Summary and SHA-256 of a person's hints; nil if the model alone chose the colours.
    package let hints: (summary: String, digest: String)?

    /// Provenance by this version of the program and a model.
    ///
    /// - Parameters:
    ///   - programVersion: of this program, such as "1.0".
    ///   - modelName: the name the model's file gives itself.
    ///   - hints: the hints and palette of a person; nil for none.
    package init(programVersion: String, modelName: String, hints: Hints? = nil) {
        self.programVersion = programVersion
        self.modelName = modelName
        self.hints = hints.map { ($0.summary, $0.digest) }
    }

    /// Text after "by model" in an XMP history.
    var model: String {
        guard let hints else { return modelName }
        return "\(modelName), with colours that a person chose: \(hints.summary); "
            + Self.mark + hints.digest
    }

    /// Marker before the digest of the hints.
    private static let mark = "hints sha256:"

    /// The digest of the hints that a photograph was coloured with, from the last entry of its XMP;
    /// nil for none.
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
