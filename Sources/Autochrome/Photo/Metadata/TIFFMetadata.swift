/// Metadata of TIFF files of any size, without reading their pixels.
package enum TIFFMetadata {
    private static let xmpTag = 700
    private static let iptcTag = 33723
    private static let compressionTag = 259

    /// Metadata of the first directory, as an EXIF block, XMP and IPTC.
    static func blocks(of place: PhotoPath) throws(PhotoError) -> MetadataBlocks {
        let file = try FileBytes(of: place)
        guard let reader = TIFFReader(file: file), var directory = reader.firstDirectory()
        else { return MetadataBlocks() }
        let xmp = directory.bytes(xmpTag)
        let iptc = directory.bytes(iptcTag)
        directory.entries.removeAll { isLayout($0.tag) }
        directory.next = 0
        return MetadataBlocks(exif: TIFFWriter.block(directory), xmp: xmp, iptc: iptc)
    }

    /// The number of TIFF's compression scheme.
    package static func compression(of place: PhotoPath) throws(PhotoError) -> Int? {
        let file = try FileBytes(of: place)
        guard let reader = TIFFReader(file: file) else { return nil }
        return reader.firstDirectoryAsStored()?
            .integer(compressionTag, order: reader.layout.order)
    }

    /// Gives a finished little-endian TIFF its metadata: a new first directory
    /// at the end that points to the old data, so that no pixel moves.
    static func add(_ blocks: MetadataBlocks, to place: PhotoPath) throws(PhotoError) {
        let file = try FileBytes(of: place, forUpdating: true)
        guard let reader = TIFFReader(file: file),
            var directory = reader.firstDirectoryAsStored()
        else { throw .unwritable(file: place.name, reason: "the new TIFF has no directory") }
        let exif = blocks.exif.flatMap { TIFFReader(bytes: $0)?.firstDirectory() }
        for entry in exif?.entries ?? [] where !isLayout(entry.tag) { directory.set(entry) }
        if let xmp = blocks.xmp { directory.set(.init(tag: xmpTag, bytes: xmp)) }
        if let iptc = blocks.iptc { directory.set(.init(tag: iptcTag, bytes: iptc)) }
        let tail = TIFFWriter.tail(directory, layout: reader.layout, base: file.count)
        guard reader.layout.isBig || tail.offset <= Int(UInt32.max) - tail.bytes.count else {
            throw .unwritable(file: place.name, reason: "its metadata exceed the 4 GB of a TIFF")
        }
        try file.write(tail.bytes, at: file.count)
        // Last, so that a failure before leaves the file readable.
        try file.write(
            reader.layout.order.bytes(tail.offset, count: reader.layout.wordLength),
            at: reader.layout.firstDirectoryField)
    }

    /// Whether a tag says how pixels are stored, or is a block of its own.
    private static func isLayout(_ tag: Int) -> Bool {
        layoutTags.contains(tag)
    }

    private static let layoutTags: Set<Int> = Set(254...259).union(273...284)
        .union(320...347).union(512...532).subtracting([282, 283])
        .union([262, 266, 290, 291, 292, 293, 297, 301, 317, 318, 319])
        .union([xmpTag, iptcTag, 34377, 34675, 37724])
}

extension TIFFDirectory.Entry {
    /// Bytes of no further meaning: BYTE for XMP, UNDEFINED for IPTC.
    fileprivate init(tag: Int, bytes: [UInt8]) {
        self.init(
            tag: tag, type: tag == 700 ? 1 : 7, count: bytes.count, value: .bytes(bytes))
    }
}

extension TIFFDirectory {
    fileprivate func bytes(_ tag: Int) -> [UInt8]? {
        guard case .bytes(let bytes) = entries.first(where: { $0.tag == tag })?.value
        else { return nil }
        return bytes
    }
}
