/// Parts of files, for tests to put together.
enum TestFile {
    /// A TIFF structure of one tag: the orientation, big-endian.
    static func exif(orientation: Int) -> [UInt8] {
        Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1]
            + [0, UInt8(orientation), 0, 0, 0, 0, 0, 0]
    }

    /// A JPEG with segments behind its start: EXIF, and an XMP packet.
    static func jpeg(picture: [UInt8], exif: [UInt8]? = nil, xmp: String? = nil) -> [UInt8] {
        var segments: [UInt8] = []
        if let exif { segments += segment(Array("Exif\0\0".utf8) + exif) }
        if let xmp {
            segments += segment(Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(xmp.utf8))
        }
        return Array(picture[..<2]) + segments + picture[2...]
    }

    private static func segment(_ data: [UInt8]) -> [UInt8] {
        [0xFF, 0xE1, UInt8((data.count + 2) >> 8), UInt8((data.count + 2) & 255)] + data
    }

    /// A PNG with chunks behind its header.
    static func png(_ file: [UInt8], adding chunks: [(type: String, data: [UInt8])]) -> [UInt8] {
        file[..<33] + chunks.flatMap { chunk($0.type, $0.data) } + file[33...]
    }

    /// A PNG's chunk.
    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bytes(UInt32(data.count)) + body + bytes(checksum(body))
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    /// PNG, third edition, annex D.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
            }
        }
    }
}
