/// One directory of a TIFF structure: tags and their values.
struct TIFFDirectory {
    /// A tag's value.
    enum Value {
        /// In little-endian order.
        case bytes([UInt8])
        /// The entry's own field as it stands in the file: an offset into it,
        /// or a value small enough.
        case field([UInt8])
        case directory(TIFFDirectory)
    }

    struct Entry {
        let tag: Int
        let type: Int
        let count: Int
        let value: Value
    }

    var entries: [Entry] = []
    /// Where the next directory is, as the file says; 0 for none.
    var next = 0

    /// Tags whose value is a directory: EXIF, GPS, and EXIF's interoperability.
    static let exifTag = 34665
    static let gpsTag = 34853
    static let interoperabilityTag = 40965
    static let directoryTags = [exifTag, gpsTag, interoperabilityTag]

    /// The first number of a tag's value, whether in its field or beside it.
    func integer(_ tag: Int, order: ByteOrder) -> Int? {
        guard let entry = entries.first(where: { $0.tag == tag }) else { return nil }
        let length = TIFFLayout.length(ofType: entry.type)
        switch entry.value {
        case .field(let field): return order.integer(field.prefix(length))
        case .bytes(let bytes): return ByteOrder.little.integer(bytes.prefix(length))
        case .directory: return nil
        }
    }

    /// Puts an entry in, in place of one of the same tag.
    mutating func set(_ entry: Entry) {
        entries.removeAll { $0.tag == entry.tag }
        entries.append(entry)
    }
}
