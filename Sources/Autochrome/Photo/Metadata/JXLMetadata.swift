/// Adds metadata to a JPEG XL file, as boxes (ISO/IEC 18181-2, section 9).
enum JXLMetadata {
    private static let signature = box("JXL ", [0x0D, 0x0A, 0x87, 0x0A])
    private static let fileType = box("ftyp", Array("jxl \0\0\0\0jxl ".utf8))

    private static let longestXMP = 64 << 20

    static func add(_ blocks: MetadataBlocks, to place: PhotoPath) throws(PhotoError) {
        var boxes: [UInt8] = []
        // The first four bytes say how far into the block its TIFF header is.
        if let exif = blocks.exif { boxes += box("Exif", [0, 0, 0, 0] + exif) }
        if let xmp = blocks.xmp { boxes += box("xml ", xmp) }
        guard !boxes.isEmpty else { return }
        let file = try FileBytes(of: place)
        if file.read(at: 0, count: 2) == [0xFF, 0x0A] {
            // A bare codestream becomes a box. 0 stands for a length up to the
            // file's end: libjxl 0.7 reads no 64-bit lengths, Exiv2 no 0.
            let length = 8 + file.count
            let codestream =
                ByteOrder.big.bytes(length <= UInt32.max ? length : 0, count: 4)
                + Array("jxlc".utf8)
            try FileBytes.insert(
                signature + fileType + boxes + codestream, at: 0, into: place)
        } else {
            try FileBytes.insert(boxes, at: firstFreeOffset(in: file), into: place)
        }
    }

    /// The kinds of boxes that a file has, none where it is a bare codestream; and its XMP.
    static func boxes(
        of place: PhotoPath
    ) throws(PhotoError) -> (kinds: Set<String>, xmp: [UInt8]?) {
        let file = try FileBytes(of: place)
        guard file.read(at: 0, count: signature.count) == signature else { return ([], nil) }
        var kinds: Set<String> = []
        var xmp: [UInt8]?
        var offset = 0
        while let header = file.read(at: offset, count: 8),
            let length = ByteOrder.big.integer(header[0..<4]), length >= 8
        {
            kinds.insert(String(decoding: header[4...], as: UTF8.self))
            if header[4...].elementsEqual("xml ".utf8), length <= longestXMP {
                xmp = xmp ?? file.read(at: offset + 8, count: length - 8)
            }
            offset += length
        }
        return (kinds, xmp)
    }

    /// Past the boxes that must come first.
    private static func firstFreeOffset(in file: FileBytes) -> Int {
        var offset = 0
        while let header = file.read(at: offset, count: 8),
            let length = ByteOrder.big.integer(header[0..<4]), length >= 8,
            ["JXL ", "ftyp", "jxll"].contains(String(decoding: header[4...], as: UTF8.self))
        {
            offset += length
        }
        return offset
    }

    private static func box(_ type: String, _ data: [UInt8]) -> [UInt8] {
        ByteOrder.big.bytes(8 + data.count, count: 4) + Array(type.utf8) + data
    }
}
