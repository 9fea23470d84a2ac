/// Lays TIFF directories out as bytes. Little-endian, as libtiff writes here.
struct TIFFWriter {
    private let layout: TIFFLayout
    private let base: Int
    private var bytes: [UInt8] = []

    /// - Parameter base: the file offset that the first byte will have.
    init(layout: TIFFLayout, base: Int) {
        self.layout = layout
        self.base = base
    }

    /// An EXIF block: a whole classic TIFF structure.
    static func block(_ directory: TIFFDirectory) -> [UInt8] {
        var writer = TIFFWriter(layout: .classic, base: 8)
        let offset = writer.append(directory)
        var header = TIFFLayout.classic.header
        header.replaceSubrange(4..<8, with: ByteOrder.little.bytes(offset, count: 4))
        return header + writer.bytes
    }

    /// The bytes to put at `base`, and the offset of the directory among them.
    static func tail(
        _ directory: TIFFDirectory, layout: TIFFLayout, base: Int
    ) -> (bytes: [UInt8], offset: Int) {
        var writer = TIFFWriter(layout: layout, base: base)
        let offset = writer.append(directory)
        return (writer.bytes, offset)
    }

    /// Values first, then the directory that points to them; its offset.
    private mutating func append(_ directory: TIFFDirectory) -> Int {
        let order = layout.order
        var table: [UInt8] = []
        for entry in directory.entries.sorted(by: { $0.tag < $1.tag }) {
            var type = entry.type
            var count = entry.count
            let field = field(of: entry.value)
            if case .directory = entry.value { (type, count) = (4, 1) }
            table += order.bytes(entry.tag, count: 2) + order.bytes(type, count: 2)
            table += order.bytes(count, count: layout.wordLength) + field
        }
        let offset = align()
        bytes += order.bytes(directory.entries.count, count: layout.countLength) + table
        bytes += order.bytes(directory.next, count: layout.wordLength)
        return offset
    }

    private mutating func field(of value: TIFFDirectory.Value) -> [UInt8] {
        let word = layout.wordLength
        switch value {
        case .field(let field):
            return field
        case .directory(let directory):
            return layout.order.bytes(append(directory), count: word)
        case .bytes(let value) where value.count <= word:
            return value + [UInt8](repeating: 0, count: word - value.count)
        case .bytes(let value):
            let offset = align()
            bytes += value
            return layout.order.bytes(offset, count: word)
        }
    }

    /// Offsets are even in TIFF, and multiples of 8 in BigTIFF.
    private mutating func align() -> Int {
        let unit = layout.isBig ? 8 : 2
        while (base + bytes.count) % unit != 0 { bytes.append(0) }
        return base + bytes.count
    }
}
