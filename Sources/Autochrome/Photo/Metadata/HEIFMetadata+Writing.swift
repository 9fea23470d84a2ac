extension HEIFMetadata {
    /// Gives a finished file another EXIF block: at the end, in a box of its own, where the entry
    /// of the old one then points. No other byte moves.
    ///
    /// - Throws: `PhotoError.unwritable` where the file has no EXIF item of one piece.
    static func replaceEXIF(_ exif: [UInt8], in output: PhotoPath) throws(PhotoError) {
        let file = try FileBytes(of: output, forUpdating: true)
        // The first four bytes say how far into the block its TIFF header is.
        let data = [0, 0, 0, 0] + exif
        guard let (offset, meta) = metaBox(of: file),
            let (place, entry) = HEIFMetadata(file: file, meta: meta)
                .entryOfEXIF(at: file.count + 8, count: data.count)
        else { throw .unwritable(file: output.name, reason: "the new file has no place for EXIF") }
        let head = ByteOrder.big.bytes(8 + data.count, count: 4) + Array("mdat".utf8)
        try file.write(head + data, at: file.count)
        // Last, so that a failure before leaves the file readable.
        try file.write(entry, at: offset + place)
    }

    /// Where the `iloc` box has the entry of the EXIF item, counted from the beginning of `meta`,
    /// and that entry for other bytes of the file.
    private func entryOfEXIF(at offset: Int, count: Int) -> (place: Int, entry: [UInt8])? {
        guard let number = items().first(where: { $0.type == "Exif" })?.number,
            var reader = box("iloc", in: ByteReader(meta)), let version = reader.integer(1),
            reader.skip(3), let sizes = reader.integer(2),
            let entries = reader.integer(version < 2 ? 2 : 4)
        else { return nil }
        for _ in 0..<entries {
            let start = reader.rest.startIndex
            guard let place = ItemPlace(&reader, version: version, sizes: sizes) else { return nil }
            guard place.number == number else { continue }
            guard place.extents.count == 1, sizes >> 12 >= 4, sizes >> 8 & 15 >= 4 else {
                return nil
            }
            var entry = ByteOrder.big.bytes(number, count: version < 2 ? 2 : 4)
            // Offsets into the file, and into this one; no base.
            entry += [UInt8](repeating: 0, count: (version > 0 ? 4 : 2) + (sizes >> 4 & 15))
            entry += [0, 1] + [UInt8](repeating: 0, count: version > 0 ? sizes & 15 : 0)
            entry += ByteOrder.big.bytes(offset, count: sizes >> 12)
            entry += ByteOrder.big.bytes(count, count: sizes >> 8 & 15)
            return (start, entry)
        }
        return nil
    }
}
