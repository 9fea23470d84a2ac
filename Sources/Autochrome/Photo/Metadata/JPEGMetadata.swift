/// The segments of a JPEG file that hold metadata, up to its first scan (ITU-T T.81, annex B).
struct JPEGMetadata {
    /// The part of XMP that passes a segment, put together (XMP specification part 3, 1.1.3.1).
    private(set) var extendedXMP: [UInt8]?

    /// IPTC datasets out of Photoshop's image resources, of all segments together.
    private(set) var iptc: [UInt8]?

    /// The first segments of EXIF and XMP.
    private(set) var exif: [UInt8]?
    private(set) var xmp: [UInt8]?

    /// The first comment.
    private(set) var comment: [UInt8]?

    /// Whether the file holds further pictures, other than smaller ones of the same
    /// (CIPA DC-007, multi-picture format).
    private(set) var hasFurtherPictures = false

    /// Whether a gain map is described (ISO 21496-1).
    private(set) var hasGainMap = false

    /// The application segments of other kinds, such as "APP6 GoPro"; the first eight.
    private(set) var others: [String] = []

    /// Where the segments end that come first: JFIF, EXIF, XMP.
    private(set) var headEnd = 2

    // A byte for filling up follows.
    private static let exifMark = Array("Exif\0".utf8)
    private static let xmpMark = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    private static let extended = Array("http://ns.adobe.com/xmp/extension/\0".utf8)
    private static let photoshop = Array("Photoshop 3.0\0".utf8)
    private static let pictures = Array("MPF\0".utf8)
    private static let gainMap = Array("urn:iso:std:iso:ts:21496:-1\0".utf8)

    /// Properties of the file's own encoding: rewritten, or useless in another file.
    private static let ownKinds = [
        "JFIF", "JFXX", "ICC_PROFILE", "Adobe", "Adobe_CM", "Ducky", "Photoshop 3.0",
    ]

    /// Maximum size of the extended part: as much as metadata of other formats.
    private static let longest = 64 << 20

    private var portions: [[UInt8]: [(offset: Int, bytes: [UInt8])]] = [:]
    private var resources: [UInt8] = []

    /// - Complexity: O(bytes of the metadata).
    init(of place: PhotoPath) throws(PhotoError) {
        let file = try FileBytes(of: place)
        var offset = 2
        var isHead = true
        while let head = file.read(at: offset, count: 4), head[0] == 0xFF {
            // Any number of bytes of ones may stand before a marker.
            if head[1] == 0xFF {
                offset += 1
                continue
            }
            guard head[1] != 0xDA, head[1] != 0xD9, let length = ByteOrder.big.integer(head[2...]),
                length >= 2
            else { break }
            if let data = file.read(at: offset + 4, count: length - 2) { add(head[1], data) }
            offset += 2 + length
            isHead = isHead && [0xE0, 0xE1].contains(head[1])
            if isHead { headEnd = offset }
        }
        extendedXMP = Self.joined(portions)
        iptc = PhotoshopResources.iptc(resources)
        portions = [:]
        resources = []
    }

    private mutating func add(_ marker: UInt8, _ data: [UInt8]) {
        switch marker {
        case 0xFE: comment = comment ?? data
        case 0xE1 where data.starts(with: Self.exifMark):
            exif = exif ?? Array(data.dropFirst(Self.exifMark.count + 1))
        case 0xE1 where data.starts(with: Self.xmpMark):
            xmp = xmp ?? Array(data[Self.xmpMark.count...])
        case 0xE1 where data.starts(with: Self.extended): addPortion(data)
        case 0xE2 where data.starts(with: Self.pictures):
            hasFurtherPictures = PictureIndex.hasFurtherPictures(Array(data[4...]))
        case 0xE2 where data.starts(with: Self.gainMap): hasGainMap = true
        case 0xED where data.starts(with: Self.photoshop):
            resources += data[Self.photoshop.count...]
        case 0xE0...0xEF: name(marker, data)
        default: break
        }
    }

    /// The blocks.
    var blocks: MetadataBlocks { MetadataBlocks(exif: exif, xmp: xmp, iptc: iptc) }

    private mutating func name(_ marker: UInt8, _ data: [UInt8]) {
        let letters = data.prefix(16).prefix { (0x20..<0x7F).contains($0) }
        let kind = String(decoding: letters, as: UTF8.self)
        let name = "APP\(marker & 15)" + (kind.isEmpty ? "" : " " + kind)
        guard others.count < 8, !Self.ownKinds.contains(kind), !others.contains(name) else {
            return
        }
        others.append(name)
    }

    /// After the name: 32 digits, the whole's length, and where this part goes.
    private mutating func addPortion(_ data: [UInt8]) {
        let start = Self.extended.count
        guard data.count >= start + 40,
            let offset = ByteOrder.big.integer(data[(start + 36)..<(start + 40)])
        else { return }
        portions[Array(data[start..<(start + 32)]), default: []]
            .append((offset, Array(data[(start + 40)...])))
    }

    /// The parts of the one that is whole; nil for none.
    private static func joined(
        _ portions: [[UInt8]: [(offset: Int, bytes: [UInt8])]]
    ) -> [UInt8]? {
        let packets = portions.values.compactMap { parts -> [UInt8]? in
            var packet: [UInt8] = []
            for part in parts.sorted(by: { $0.offset < $1.offset }) {
                guard part.offset == packet.count, packet.count + part.bytes.count <= longest
                else { return nil }
                packet += part.bytes
            }
            return packet
        }
        return packets.max { $0.count < $1.count }
    }

    /// Puts the part of XMP that passes a segment into a finished JPEG, whose XMP points to it.
    static func add(extendedXMP packet: [UInt8], digest: [UInt8], to output: PhotoPath)
        throws(PhotoError)
    {
        let room = 65_000
        var segments: [UInt8] = []
        for offset in stride(from: 0, to: packet.count, by: room) {
            let part = packet[offset..<min(packet.count, offset + room)]
            let data =
                extended + digest + ByteOrder.big.bytes(packet.count, count: 4)
                + ByteOrder.big.bytes(offset, count: 4) + part
            segments += [0xFF, 0xE1] + ByteOrder.big.bytes(data.count + 2, count: 2) + data
        }
        try FileBytes.insert(segments, at: JPEGMetadata(of: output).headEnd, into: output)
    }
}
