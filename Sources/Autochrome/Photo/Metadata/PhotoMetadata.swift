internal import CExiv2
package import SystemPackage

/// A photograph's EXIF, XMP, IPTC and comment, apart from any file.
package final class PhotoMetadata {
    private let handle: OpaquePointer

    /// Reads a file's metadata.
    ///
    /// - Throws: `PhotoError.damaged` where they cannot be made out.
    package init(of path: FilePath, format: PhotoFormat) throws(PhotoError) {
        let place = PhotoPath(path)
        // Exiv2 does not know BigTIFF, and misses XMP in HEIC and AVIF.
        switch format {
        case .heic, .avif:
            handle = try Self.handle(HEIFMetadata.blocks(of: place), file: place.name)
        case .tiff where try FileSignature(of: place).bytes.contains(43, among: 2..<4):
            handle = try Self.handle(TIFFMetadata.blocks(of: place), file: place.name)
        default:
            handle = try Self.call(path.string) { message in
                path.withPlatformString { cexiv2_read($0, &message) }
            }
        }
    }

    /// No metadata.
    init() throws(PhotoError) {
        handle = try Self.call("") { cexiv2_empty(&$0) }
    }

    deinit { cexiv2_release(handle) }

    /// Makes these the metadata of the coloured photograph.
    func prepare(
        width: Int, height: Int, format: PhotoFormat, provenance: Provenance, when: String
    ) throws(PhotoError) {
        let result = provenance.agent.withCString { agent in
            provenance.modelName.withCString { model in
                when.withCString { when in
                    var facts = CExiv2Provenance(
                        width: Int32(width), height: Int32(height),
                        has_iptc: format.hasIPTC ? 1 : 0, has_comment: format == .jpeg ? 1 : 0,
                        agent: agent, model: model, when: when)
                    return Self.status { cexiv2_prepare(handle, &facts, &$0) }
                }
            }
        }
        if let result { throw .damaged(file: "metadata", detail: result) }
    }

    /// Whether EXIF is more than can be written; its largest values then go.
    var isEXIFTooLong: Bool { cexiv2_exif_size(handle) > 65_000 }

    /// Whether the comment is more than a segment of JPEG holds: 65,535 bytes with
    /// its length, and with the zero that Exiv2 puts at its end.
    var isCommentTooLong: Bool { cexiv2_comment_size(handle) > 65_532 }

    /// Forgets the comment.
    func removeComment() { cexiv2_clear_comment(handle) }

    /// Forgets the XMP.
    func removeXMP() { cexiv2_clear_xmp(handle) }

    /// The blocks as files hold them.
    func blocks() throws(PhotoError) -> MetadataBlocks {
        MetadataBlocks(
            exif: try encoded(CEXIV2_EXIF), xmp: try encoded(CEXIV2_XMP),
            iptc: try encoded(CEXIV2_IPTC))
    }

    /// Replaces the metadata of a JPEG or WebP file.
    ///
    /// - Returns: Exiv2's reason where it cannot; nil where it did.
    func obstacle(toWriting path: FilePath) -> String? {
        Self.status { message in
            path.withPlatformString { cexiv2_write(handle, $0, &message) }
        }
    }

    /// A value by Exiv2's name for it, such as "Exif.Image.Artist"; nil for none.
    package subscript(key: String) -> String? {
        var message: UnsafeMutablePointer<CChar>?
        let value = cexiv2_value(handle, key, &message)
        defer {
            cexiv2_free(value)
            cexiv2_free(message)
        }
        return value.map { String(cString: $0) }
    }

    private func encoded(_ block: CExiv2Block) throws(PhotoError) -> [UInt8]? {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        let problem = Self.status { cexiv2_encode(handle, block, &bytes, &count, &$0) }
        defer { cexiv2_free(bytes) }
        if let problem { throw .damaged(file: "metadata", detail: problem) }
        return bytes.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    private static func handle(
        _ blocks: MetadataBlocks, file: String
    ) throws(PhotoError) -> OpaquePointer {
        let handle = try call(file) { cexiv2_empty(&$0) }
        for (block, bytes) in [
            (CEXIV2_EXIF, blocks.exif), (CEXIV2_XMP, blocks.xmp), (CEXIV2_IPTC, blocks.iptc),
        ] {
            guard let bytes else { continue }
            if let problem = status({ cexiv2_add(handle, block, bytes, bytes.count, &$0) }) {
                cexiv2_release(handle)
                throw .damaged(file: file, detail: problem)
            }
        }
        return handle
    }

    private typealias Message = UnsafeMutablePointer<CChar>?

    private static func call(
        _ file: String, _ body: (inout Message) -> OpaquePointer?
    ) throws(PhotoError) -> OpaquePointer {
        var message: Message = nil
        if let handle = body(&message) { return handle }
        throw .damaged(file: file, detail: taking(message))
    }

    /// Nil for success, else what went wrong.
    private static func status(_ body: (inout Message) -> Int32) -> String? {
        var message: Message = nil
        return body(&message) == 0 ? nil : taking(message)
    }

    private static func taking(_ message: Message) -> String {
        defer { cexiv2_free(message) }
        return message.map { String(cString: $0) } ?? "no reason given"
    }
}

extension [UInt8] {
    fileprivate func contains(_ byte: UInt8, among range: Range<Int>) -> Bool {
        count >= range.upperBound && self[range].contains(byte)
    }
}
