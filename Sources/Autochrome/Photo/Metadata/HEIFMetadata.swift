/// Finds EXIF and XMP in HEIC and AVIF files: items of the `meta` box
/// (ISO/IEC 14496-12, section 8.11; 23008-12, annex A).
struct HEIFMetadata {
    let file: FileBytes
    let meta: [UInt8]

    /// The largest `meta` box that is looked at: it holds tables, not pictures.
    private static let longestMeta = 16 << 20

    static func blocks(of place: PhotoPath) throws(PhotoError) -> MetadataBlocks {
        let file = try FileBytes(of: place)
        guard let (_, meta) = metaBox(of: file) else { return MetadataBlocks() }
        return HEIFMetadata(file: file, meta: meta).blocks()
    }

    /// Whether a gain map is among the pictures: an auxiliary one of Apple's, or an item that says
    /// how to apply one (ISO/IEC 23008-12, amendment 1).
    static func hasGainMap(_ place: PhotoPath) throws(PhotoError) -> Bool {
        let file = try FileBytes(of: place)
        guard let (_, meta) = metaBox(of: file) else { return false }
        let apple = Array("urn:com:apple:photo:2020:aux:hdrgainmap".utf8)
        return HEIFMetadata(file: file, meta: meta).items().contains { $0.type == "tmap" }
            || meta.indices.contains { meta[$0...].starts(with: apple) }
    }

    /// Where what is in the `meta` box begins, and that.
    static func metaBox(of file: FileBytes) -> (offset: Int, bytes: [UInt8])? {
        var offset = 0
        while let header = file.read(at: offset, count: 8),
            let length = ByteOrder.big.integer(header[0..<4]), length >= 8
        {
            if header[4...].elementsEqual("meta".utf8), length <= longestMeta {
                // Past the header, and the version and flags of a full box.
                return file.read(at: offset + 12, count: length - 12).map { (offset + 12, $0) }
            }
            offset += length
        }
        return nil
    }

    private func blocks() -> MetadataBlocks {
        var blocks = MetadataBlocks()
        let items = items()
        if let exif = items.first(where: { $0.type == "Exif" }),
            let bytes = content(of: exif.number), let skip = ByteOrder.big.integer(bytes.prefix(4))
        {
            blocks.exif = Array(bytes.dropFirst(4).dropFirst(skip))
        }
        if let xmp = items.first(where: \.isXMP) { blocks.xmp = content(of: xmp.number) }
        return blocks
    }

    struct Item {
        let number: Int
        let type: String
        let mediaType: String

        var isXMP: Bool { type == "mime" && mediaType.hasPrefix("application/rdf+xml") }
    }

    /// The entries of the `iinf` box, of versions 2 and 3, which name a type.
    func items() -> [Item] {
        guard var reader = box("iinf", in: ByteReader(meta)), let version = reader.integer(1),
            reader.skip(3), reader.skip(version == 0 ? 2 : 4)
        else { return [] }
        var items: [Item] = []
        while let (type, body) = reader.box() {
            if type == "infe", let item = Self.item(body) { items.append(item) }
        }
        return items
    }

    private static func item(_ body: ByteReader) -> Item? {
        var body = body
        guard let version = body.integer(1), version >= 2, body.skip(3),
            let number = body.integer(version == 2 ? 2 : 4), body.skip(2),
            let type = body.text(4)
        else { return nil }
        let texts = body.rest.split(separator: 0, omittingEmptySubsequences: false)
        let mediaType = texts.count > 1 ? String(decoding: texts[1], as: UTF8.self) : ""
        return Item(number: number, type: type, mediaType: mediaType)
    }

    func box(_ name: String, in reader: ByteReader) -> ByteReader? {
        var reader = reader
        while let (type, body) = reader.box() {
            if type == name { return body }
        }
        return nil
    }

    /// The bytes that the `iloc` box gives for an item.
    private func content(of number: Int) -> [UInt8]? {
        guard var reader = box("iloc", in: ByteReader(meta)), let version = reader.integer(1),
            reader.skip(3), let sizes = reader.integer(2),
            let count = reader.integer(version < 2 ? 2 : 4)
        else { return nil }
        for _ in 0..<count {
            guard let place = ItemPlace(&reader, version: version, sizes: sizes) else {
                return nil
            }
            guard place.number == number else { continue }
            return bytes(of: place)
        }
        return nil
    }

    private func bytes(of place: ItemPlace) -> [UInt8]? {
        guard place.method <= 1 else { return nil }
        let data = place.method == 1 ? box("idat", in: ByteReader(meta)) : nil
        var bytes: [UInt8] = []
        for extent in place.extents {
            // Several may be of the same bytes.
            guard extent.count <= Self.longestMeta - bytes.count,
                let part = place.method == 1
                    ? data?.bytes(at: extent.offset, count: extent.count)
                    : file.read(at: extent.offset, count: extent.count)
            else { return nil }
            bytes += part
        }
        return bytes
    }
}
