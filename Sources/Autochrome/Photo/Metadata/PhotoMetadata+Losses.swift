internal import CExiv2
internal import CVips

extension PhotoMetadata {
    /// Adds what Exiv2 passes over in files of a format.
    ///
    /// - Returns: sentences on what cannot be kept.
    static func complete(
        _ handle: OpaquePointer, of place: PhotoPath, _ format: PhotoFormat
    ) throws(PhotoError) -> [String] {
        var notes = repairXMP(handle)
        var claims: Int32 = 0
        switch format {
        case .jpeg: notes += try completeJPEG(handle, place, &claims)
        case .png: notes += try completePNG(handle, place)
        case .webp: notes += try check(handle, WebPContent.chunks(of: place), exif: "EXIF")
        case .jxl:
            let (kinds, xmp) = try JXLMetadata.boxes(of: place)
            notes += addMissing(MetadataBlocks(xmp: xmp), to: handle)
            notes += check(handle, kinds, exif: "Exif")
        case .heic, .avif:
            if try HEIFMetadata.hasGainMap(place) { claims |= Int32(CEXIV2_CLAIMS_GAIN_MAP) }
        case .tiff:
            var blocks = try TIFFMetadata.blocks(of: place)
            blocks.exif = nil
            notes += addMissing(blocks, to: handle)
        }
        return notes + dropClaims(handle, claims)
    }

    /// Adds a block, without what stands in XMP twice.
    ///
    /// - Returns: sentences on what cannot be kept.
    static func add(
        _ block: CExiv2Block, _ name: String, _ bytes: [UInt8], to handle: OpaquePointer
    ) -> [String] {
        if status({ cexiv2_add(handle, block, bytes, bytes.count, &$0) }) == nil { return [] }
        if block == CEXIV2_XMP {
            let repair = XMPRepair(bytes)
            let packet = repair.packet
            if !repair.doubled.isEmpty,
                status({ cexiv2_add(handle, block, packet, packet.count, &$0) }) == nil
            {
                return [message(onDuplicates: repair.doubled)]
            }
        }
        return ["its \(name) cannot be decoded and is omitted."]
    }

    /// Adds XMP and IPTC where Exiv2 found none.
    private static func addMissing(
        _ blocks: MetadataBlocks, to handle: OpaquePointer
    ) -> [String] {
        var notes: [String] = []
        if let xmp = blocks.xmp, cexiv2_has(handle, CEXIV2_XMP) == 0 {
            notes += add(CEXIV2_XMP, "XMP", xmp, to: handle)
        }
        if let iptc = blocks.iptc, cexiv2_has(handle, CEXIV2_IPTC) == 0 {
            notes += add(CEXIV2_IPTC, "IPTC", iptc, to: handle)
        }
        return notes
    }

    private static func message(onDuplicates names: [String]) -> String {
        "its XMP has \(names.joined(separator: ", ")) twice; the first is kept."
    }

    private static func repairXMP(_ handle: OpaquePointer) -> [String] {
        var start: UnsafeRawPointer?
        let count = cexiv2_undecoded_xmp(handle, &start)
        guard count > 0 else { return [] }
        return add(
            CEXIV2_XMP, "XMP", Array(UnsafeRawBufferPointer(start: start, count: count)), to: handle
        )
    }

    private static func completeJPEG(
        _ handle: OpaquePointer, _ place: PhotoPath, _ claims: inout Int32
    ) throws(PhotoError) -> [String] {
        let segments = try JPEGMetadata(of: place)
        var notes: [String] = []
        if let packet = segments.extendedXMP { notes += merge(packet, into: handle) }
        if let iptc = segments.iptc, cexiv2_has(handle, CEXIV2_IPTC) == 0 {
            notes += add(CEXIV2_IPTC, "IPTC", iptc, to: handle)
        }
        if segments.exif != nil, cexiv2_has(handle, CEXIV2_EXIF) == 0 {
            notes.append("its EXIF cannot be decoded and is omitted.")
        }
        if segments.hasFurtherPictures { claims |= Int32(CEXIV2_CLAIMS_PICTURES) }
        if segments.hasGainMap { claims |= Int32(CEXIV2_CLAIMS_GAIN_MAP) }
        if !segments.others.isEmpty {
            notes.append(
                "its segments \(segments.others.joined(separator: ", ")) are omitted; they are "
                    + "proprietary to a camera or program.")
        }
        // What the pointer promises is there.
        if segments.extendedXMP != nil {
            var known: Int32 = 0
            _ = status { cexiv2_drop_claims(handle, &known, &$0) }
            claims |= known & ~Int32(CEXIV2_CLAIMS_EXTENSION)
        }
        return notes
    }

    private static func merge(_ packet: [UInt8], into handle: OpaquePointer) -> [String] {
        if status({ cexiv2_merge_xmp(handle, packet, packet.count, &$0) }) == nil { return [] }
        let repair = XMPRepair(packet)
        let other = repair.packet
        guard !repair.doubled.isEmpty,
            status({ cexiv2_merge_xmp(handle, other, other.count, &$0) }) == nil
        else { return ["the part of its XMP beyond 64 KB cannot be decoded and is omitted."] }
        return [message(onDuplicates: repair.doubled)]
    }

    private static func completePNG(
        _ handle: OpaquePointer, _ place: PhotoPath
    ) throws(PhotoError) -> [String] {
        guard cexiv2_has(handle, CEXIV2_EXIF) == 0 else { return [] }
        if let exif = RawProfile.exif(of: place.path) {
            return add(CEXIV2_EXIF, "EXIF", exif, to: handle)
        }
        guard try PNGTexts(of: place).hasEXIF else { return [] }
        return ["its EXIF cannot be decoded and is omitted."]
    }

    private static func check(
        _ handle: OpaquePointer, _ parts: Set<String>, exif: String
    ) -> [String] {
        var notes: [String] = []
        if parts.contains(exif), cexiv2_has(handle, CEXIV2_EXIF) == 0 {
            notes.append("its EXIF cannot be decoded and is omitted.")
        }
        if parts.contains("brob") {
            notes.append("its compressed metadata (brob) are not read and are omitted.")
        }
        return notes
    }

    /// Removes XMP properties of parts of the file that a new one lacks.
    private static func dropClaims(_ handle: OpaquePointer, _ others: Int32) -> [String] {
        var claims: Int32 = 0
        if status({ cexiv2_drop_claims(handle, &claims, &$0) }) != nil { return [] }
        claims |= others
        let parts = [
            (CEXIV2_CLAIMS_GAIN_MAP, "gain map"), (CEXIV2_CLAIMS_MOTION, "motion video"),
            (CEXIV2_CLAIMS_PICTURES, "further pictures"),
        ].filter { claims & Int32($0.0) != 0 }.map(\.1)
        var notes: [String] = []
        if !parts.isEmpty {
            notes.append(
                "its \(parts.joined(separator: " and ")) with their XMP properties are omitted; "
                    + "only the main picture is coloured.")
        }
        if claims & Int32(CEXIV2_CLAIMS_EXTENSION) != 0 {
            notes.append("a part of its XMP beyond 64 KB is missing in the file.")
        }
        return notes
    }
}
