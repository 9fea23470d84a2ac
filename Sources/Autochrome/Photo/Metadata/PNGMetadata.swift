/// Adds metadata to a PNG file that has none (PNG, third edition, section 11.3).
enum PNGMetadata {
    /// The chunks follow IHDR, which is always the first and of 13 bytes.
    private static let insertionOffset = 8 + 12 + 13

    /// - Parameter texts: whole chunks, which come first.
    static func add(
        _ blocks: MetadataBlocks, _ texts: [UInt8], to place: PhotoPath
    ) throws(PhotoError) {
        var chunks = texts
        if let exif = blocks.exif { chunks += chunk("eXIf", exif) }
        if let xmp = blocks.xmp {
            // Keyword, not compressed, no language, no translated keyword.
            chunks += chunk("iTXt", Array("XML:com.adobe.xmp".utf8) + [0, 0, 0, 0, 0] + xmp)
        }
        if let iptc = blocks.iptc { chunks += chunk("tEXt", rawProfile(resource(iptc))) }
        guard !chunks.isEmpty else { return }
        try FileBytes.insert(chunks, at: insertionOffset, into: place)
    }

    /// IPTC as a Photoshop image resource, the form readers of PNG expect.
    private static func resource(_ iptc: [UInt8]) -> [UInt8] {
        Array("8BIM".utf8) + [0x04, 0x04, 0, 0] + ByteOrder.big.bytes(iptc.count, count: 4)
            + iptc + (iptc.count % 2 == 0 ? [] : [0])
    }

    /// PNG has no place for IPTC. What programs agree on is a text of
    /// ImageMagick's: a name, a length, and hexadecimal digits, 36 bytes a line.
    private static func rawProfile(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        var text = Array("Raw profile type iptc".utf8) + [0]
        text += Array("\niptc\n\(bytes.count)".utf8)
        for (index, byte) in bytes.enumerated() {
            if index % 36 == 0 { text.append(10) }
            text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return text + [10]
    }

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        var checksum = CRC32()
        checksum.add(body)
        return ByteOrder.big.bytes(data.count, count: 4) + body
            + ByteOrder.big.bytes(Int(checksum.value), count: 4)
    }
}
