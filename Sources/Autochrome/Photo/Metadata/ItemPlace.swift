/// Where a HEIF item's bytes are: one entry of an `iloc` box (ISO/IEC
/// 14496-12, section 8.11.3).
struct ItemPlace {
    let number: Int
    /// 0: offsets into the file; 1: into the `idat` box.
    let method: Int
    let extents: [(offset: Int, count: Int)]

    /// Reads an entry; `sizes` holds the widths of its fields, four bits each.
    init?(_ reader: inout ByteReader, version: Int, sizes: Int) {
        guard let number = reader.integer(version < 2 ? 2 : 4),
            let method = version > 0 ? reader.integer(2) : 0, reader.skip(2),
            let base = reader.integer(sizes >> 4 & 15), let count = reader.integer(2)
        else { return nil }
        var extents: [(offset: Int, count: Int)] = []
        // Where their fields have no width, all are the same nothing.
        let isEmpty = sizes >> 8 == 0 && (version == 0 || sizes & 15 == 0)
        for _ in 0..<(isEmpty ? 0 : count) {
            guard version == 0 || reader.skip(sizes & 15),
                let offset = reader.integer(sizes >> 12),
                let length = reader.integer(sizes >> 8 & 15)
            else { return nil }
            extents.append((base.addingReportingOverflow(offset).partialValue, length))
        }
        self.number = number
        self.method = method & 15
        self.extents = extents
    }
}
