internal import CExiv2
internal import CVips
package import SystemPackage

/// A photograph's EXIF, XMP, IPTC and comment, apart from any file.
package final class PhotoMetadata {
    private let handle: OpaquePointer

    /// Sentences on what the file has and cannot be kept, without the file's name.
    let losses: [String]

    /// Reads a file's metadata.
    ///
    /// - Throws: `PhotoError.damaged` where they cannot be made out.
    package init(of path: FilePath, format: PhotoFormat) throws(PhotoError) {
        let place = PhotoPath(path)
        // Exiv2 does not know BigTIFF, and misses XMP in HEIC and AVIF.
        var losses: [String] = []
        switch format {
        case .heic, .avif:
            handle = try Self.handle(HEIFMetadata.blocks(of: place), &losses)
        case .tiff where try FileSignature(of: place).bytes.contains(43, among: 2..<4):
            handle = try Self.handle(TIFFMetadata.blocks(of: place), &losses)
        case .jpeg:
            handle = try Self.handleOfJPEG(place, &losses)
        default:
            handle = try Self.read(place)
        }
        do {
            let others = try Self.complete(handle, of: place, format)
            losses += others.filter { !losses.contains($0) }
        } catch {
            cexiv2_release(handle)
            throw error
        }
        self.losses = losses
    }

    /// No metadata.
    init() throws(PhotoError) {
        handle = try Self.call("") { cexiv2_empty(&$0) }
        losses = []
    }

    deinit { cexiv2_release(handle) }

    /// Makes these the metadata of the coloured photograph.
    func prepare(
        width: Int, height: Int, format: PhotoFormat, provenance: Provenance, when: String
    ) throws(PhotoError) {
        let result = provenance.agent.withCString { agent in
            provenance.model.withCString { model in
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

    /// Moves what XMP has beyond the room of a JPEG segment into a packet of its own, to which the
    /// rest then points.
    ///
    /// - Returns: the packet and its MD5 as 32 digits; nil where nothing is too long.
    func splitXMP() throws(PhotoError) -> (packet: [UInt8], digest: [UInt8])? {
        var bytes: UnsafeMutableRawPointer?
        var count = 0
        // Leaves room for the wrapper of a packet, and the pointer.
        let problem = Self.status { cexiv2_split_xmp(handle, 60_000, &bytes, &count, &$0) }
        defer { cexiv2_free(bytes) }
        if let problem { throw .damaged(file: "metadata", detail: problem) }
        guard let bytes else { return nil }
        let digits = [CChar](unsafeUninitializedCapacity: 33) { buffer, filled in
            cvips_digest(bytes, count, buffer.baseAddress)
            filled = 33
        }
        if let problem = Self.status({ cexiv2_point_to_extension(handle, digits, &$0) }) {
            throw .damaged(file: "metadata", detail: problem)
        }
        return (
            Array(UnsafeRawBufferPointer(start: bytes, count: count)),
            digits.dropLast().map { UInt8(bitPattern: $0) }
        )
    }

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

    private static func read(_ place: PhotoPath) throws(PhotoError) -> OpaquePointer {
        try call(place.name) { message in
            place.path.withPlatformString { cexiv2_read($0, &message) }
        }
    }

    /// Where one block is so damaged that Exiv2 reads none, each is read by itself.
    private static func handleOfJPEG(
        _ place: PhotoPath, _ losses: inout [String]
    ) throws(PhotoError) -> OpaquePointer {
        do {
            return try read(place)
        } catch {
            let segments = try JPEGMetadata(of: place)
            let handle = try handle(segments.blocks, &losses)
            if let comment = segments.comment {
                cexiv2_set_comment(handle, comment, comment.count)
            }
            return handle
        }
    }

    private static func handle(
        _ blocks: MetadataBlocks, _ losses: inout [String]
    ) throws(PhotoError) -> OpaquePointer {
        let handle = try call("") { cexiv2_empty(&$0) }
        for (block, name, bytes) in [
            (CEXIV2_EXIF, "EXIF", blocks.exif), (CEXIV2_XMP, "XMP", blocks.xmp),
            (CEXIV2_IPTC, "IPTC", blocks.iptc),
        ] {
            if let bytes { losses += add(block, name, bytes, to: handle) }
        }
        return handle
    }

    typealias Message = UnsafeMutablePointer<CChar>?

    private static func call(
        _ file: String, _ body: (inout Message) -> OpaquePointer?
    ) throws(PhotoError) -> OpaquePointer {
        var message: Message = nil
        if let handle = body(&message) { return handle }
        throw .damaged(file: file, detail: taking(message))
    }

    /// Nil for success, else what went wrong.
    static func status(_ body: (inout Message) -> Int32) -> String? {
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
