/// Reads TIFF structures from a file or from an EXIF block.
struct TIFFReader {
    let layout: TIFFLayout
    /// Of the first directory.
    let firstOffset: Int
    private let read: (_ offset: Int, _ count: Int) -> [UInt8]?

    /// The most bytes that are metadata; pixels have no place here.
    private static let mostBytes = 64 << 20
    private static let deepest = 3

    init?(_ read: @escaping (_ offset: Int, _ count: Int) -> [UInt8]?) {
        guard let header = read(0, 8) else { return nil }
        let order: ByteOrder = header[0] == 0x49 ? .little : .big
        let version = order.integer(header[2..<4])
        guard version == 42 || version == 43 else { return nil }
        layout = TIFFLayout(order: order, isBig: version == 43)
        guard let field = read(layout.firstDirectoryField, layout.wordLength),
            let offset = order.integer(field)
        else { return nil }
        firstOffset = offset
        self.read = read
    }

    init?(file: FileBytes) {
        self.init { file.read(at: $0, count: $1) }
    }

    init?(bytes: [UInt8]) {
        self.init { offset, count in
            guard offset >= 0, count >= 0, offset <= bytes.count - count else { return nil }
            return Array(bytes[offset..<offset + count])
        }
    }

    /// The first directory with its fields as they are, for files whose data
    /// stay where they are.
    func firstDirectoryAsStored() -> TIFFDirectory? {
        directory(at: firstOffset) { .field($0.field) }
    }

    /// The first directory with all values and directories below it, apart
    /// from the file; what is damaged or too long is left out.
    func firstDirectory() -> TIFFDirectory? {
        var bytesLeft = Self.mostBytes
        return copiedDirectory(at: firstOffset, depth: 0, &bytesLeft)
    }

    private struct Stored {
        let tag: Int
        let type: Int
        let count: Int
        let field: [UInt8]
    }

    /// Many entries may point to the same bytes, so that a small file would become a large one.
    private func copiedDirectory(
        at offset: Int, depth: Int, _ bytesLeft: inout Int
    ) -> TIFFDirectory? {
        directory(at: offset) { stored in
            bytesLeft -= layout.entryLength
            guard bytesLeft > 0 else { return nil }
            guard TIFFDirectory.directoryTags.contains(stored.tag) else {
                return bytes(of: stored, &bytesLeft).map { .bytes($0) }
            }
            guard depth < Self.deepest, let offset = layout.order.integer(stored.field),
                let below = copiedDirectory(at: offset, depth: depth + 1, &bytesLeft)
            else { return nil }
            return .directory(below)
        }
    }

    private func directory(
        at offset: Int, value: (Stored) -> TIFFDirectory.Value?
    ) -> TIFFDirectory? {
        let order = layout.order
        guard let counted = read(offset, layout.countLength),
            let count = order.integer(counted), count <= 4096,
            let table = read(offset + layout.countLength, count * layout.entryLength)
        else { return nil }
        var directory = TIFFDirectory()
        for start in stride(from: 0, to: table.count, by: layout.entryLength) {
            guard let stored = stored(Array(table[start..<start + layout.entryLength])),
                let value = value(stored)
            else { continue }
            directory.entries.append(
                .init(tag: stored.tag, type: stored.type, count: stored.count, value: value))
        }
        let end = offset + layout.countLength + table.count
        directory.next = read(end, layout.wordLength).flatMap(order.integer) ?? 0
        return directory
    }

    private func stored(_ entry: [UInt8]) -> Stored? {
        let order = layout.order
        let word = layout.wordLength
        guard let tag = order.integer(entry[0..<2]), let type = order.integer(entry[2..<4]),
            let count = order.integer(entry[4..<4 + word])
        else { return nil }
        return Stored(tag: tag, type: type, count: count, field: Array(entry[(4 + word)...]))
    }

    private func bytes(of stored: Stored, _ bytesLeft: inout Int) -> [UInt8]? {
        let unit = TIFFLayout.length(ofType: stored.type)
        guard unit > 0, stored.count <= bytesLeft / unit else { return nil }
        let length = stored.count * unit
        bytesLeft -= length
        if length <= layout.wordLength {
            return littleEndian(Array(stored.field.prefix(length)), type: stored.type)
        }
        return layout.order.integer(stored.field).flatMap { read($0, length) }
            .map { littleEndian($0, type: stored.type) }
    }

    private func littleEndian(_ bytes: [UInt8], type: Int) -> [UInt8] {
        let unit = TIFFLayout.unit(ofType: type)
        guard layout.order == .big, unit > 1 else { return bytes }
        return stride(from: 0, to: bytes.count, by: unit).flatMap {
            bytes[$0..<$0 + unit].reversed()
        }
    }
}
