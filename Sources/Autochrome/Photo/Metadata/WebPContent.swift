/// Structure of a WebP file (RFC 9649, section 2).
enum WebPContent {
    /// The kinds of chunks that the file has.
    static func chunks(of place: PhotoPath) throws(PhotoError) -> Set<String> {
        let file = try FileBytes(of: place)
        var kinds: Set<String> = []
        var offset = 12
        while let head = file.read(at: offset, count: 8),
            let length = ByteOrder.little.integer(head[4...])
        {
            kinds.insert(String(decoding: head[..<4], as: UTF8.self))
            offset += 8 + length + length % 2
        }
        return kinds
    }

    /// Whether nothing was lost: the picture is a VP8L chunk. An animation counts as lossy.
    static func isLossless(_ place: PhotoPath) throws(PhotoError) -> Bool {
        let file = try FileBytes(of: place)
        var offset = 12
        while let head = file.read(at: offset, count: 8),
            let length = ByteOrder.little.integer(head[4...])
        {
            switch String(decoding: head[..<4], as: UTF8.self) {
            case "VP8L": return true
            case "VP8 ", "ANMF": return false
            default: offset += 8 + length + length % 2
            }
        }
        return false
    }
}
