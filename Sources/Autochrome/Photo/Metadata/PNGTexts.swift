/// The texts of a PNG file and the time of its last change (PNG, third edition, sections 11.3.3
/// and 11.3.6.1), as they stand there.
struct PNGTexts {
    /// Whole chunks of type tEXt, zTXt and iTXt, but for those that hold metadata.
    private(set) var chunks: [UInt8] = []

    /// Whether some were too long to be taken: libpng reads none of over 8 MB.
    private(set) var isCut = false

    /// Names of the first eight.
    private(set) var names: [String] = []

    /// Whether there is a chunk of EXIF.
    private(set) var hasEXIF = false

    private static let mostBytes = 8_000_000

    /// - Complexity: O(number of chunks).
    init(of place: PhotoPath) throws(PhotoError) {
        let file = try FileBytes(of: place)
        var offset = 8
        while let head = file.read(at: offset, count: 8),
            let length = ByteOrder.big.integer(head[..<4])
        {
            let type = String(decoding: head[4...], as: UTF8.self)
            if ["tEXt", "zTXt", "iTXt"].contains(type) {
                add(type, at: offset + 8, length, of: file)
            } else if type == "tIME", length == 7, let time = file.read(at: offset + 8, count: 7) {
                chunks += PNGMetadata.chunk(type, time)
                add(name: "time of change")
            }
            hasEXIF = hasEXIF || type == "eXIf"
            offset += 12 + length
        }
    }

    private mutating func add(_ type: String, at offset: Int, _ length: Int, of file: FileBytes) {
        // A keyword has up to 79 bytes and a zero at its end.
        let keyword = (file.read(at: offset, count: min(length, 80)) ?? []).prefix { $0 != 0 }
        guard !Self.isMetadata(keyword) else { return }
        add(name: keyword.map { String(UnicodeScalar($0)) }.joined().printable)
        guard chunks.count + length <= Self.mostBytes else {
            isCut = true
            return
        }
        guard let data = file.read(at: offset, count: length) else { return }
        chunks += PNGMetadata.chunk(type, data)
    }

    private mutating func add(name: String) {
        if names.count < 8, !names.contains(name) { names.append(name) }
    }

    /// Whether a text contains metadata, which are rewritten.
    private static func isMetadata(_ keyword: some Sequence<UInt8>) -> Bool {
        let name = String(decoding: Array(keyword), as: UTF8.self)
        return name == "XML:com.adobe.xmp" || name.hasPrefix("Raw profile type")
    }
}
