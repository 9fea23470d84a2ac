/// Structure of a JPEG XL file (ISO/IEC 18181-1, annex D, and 18181-2, section 9).
enum JXLContent {
    /// Whether nothing was lost: the colours are stored as they are rather than as XYB, and the
    /// file is no JPEG in other clothes.
    static func isLossless(_ place: PhotoPath) throws(PhotoError) -> Bool {
        guard var bits = try header(of: place) else { return false }
        return storesColours(&bits) == true
    }

    /// Whether there are several frames, of which libvips hands out the last.
    static func isAnimation(_ place: PhotoPath) throws(PhotoError) -> Bool {
        guard var bits = try header(of: place), skipSize(&bits), bits.flag() == false,
            bits.flag() == true
        else { return false }
        return animationFlag(&bits) == true
    }

    /// The codestream's header behind its signature; nil where there is none to read.
    private static func header(of place: PhotoPath) throws(PhotoError) -> BitReader? {
        let file = try FileBytes(of: place)
        guard let start = codestream(of: file),
            let header = file.read(at: start, count: min(512, file.count - start)),
            header.starts(with: [0xFF, 0x0A])
        else { return nil }
        return BitReader(header.dropFirst(2))
    }

    /// Where the codestream starts; nil for a JPEG's, or where there is none.
    private static func codestream(of file: FileBytes) -> Int? {
        if file.read(at: 0, count: 2) == [0xFF, 0x0A] { return 0 }
        var (offset, start) = (0, Int?.none)
        while let head = file.read(at: offset, count: 8),
            let length = ByteOrder.big.integer(head[..<4])
        {
            switch String(decoding: head[4...], as: UTF8.self) {
            case "jbrd": return nil
            case "jxlc": start = start ?? offset + 8
            // A part, behind its number.
            case "jxlp": start = start ?? offset + 12
            default: break
            }
            // 0 reaches up to the end; a box of 64 bits would be larger than any before it.
            guard length >= 8 else { break }
            offset += length
        }
        return start
    }

    /// The field `xyb_encoded`, turned round; nil where what stands before it is not understood.
    private static func storesColours(_ bits: inout BitReader) -> Bool? {
        guard skipSize(&bits), let isDefault = bits.flag(), !isDefault, let hasExtra = bits.flag(),
            !hasExtra || skipExtraFields(&bits), skipDepth(&bits), bits.flag() != nil,
            let channels = bits.number(.value(0), .value(1), .bits(4, 2), .bits(12, 1))
        else { return nil }
        for _ in 0..<channels { guard skipChannel(&bits) else { return nil } }
        return bits.flag().map { !$0 }
    }

    private static func skipSize(_ bits: inout BitReader) -> Bool {
        guard let isSmall = bits.flag() else { return false }
        func side(_ bits: inout BitReader) -> Int? {
            isSmall
                ? bits.integer(5)
                : bits.number(.bits(9, 1), .bits(13, 1), .bits(18, 1), .bits(30, 1))
        }
        guard side(&bits) != nil, let ratio = bits.integer(3) else { return false }
        return ratio != 0 || side(&bits) != nil
    }

    /// Past the orientation and another size; nil for files with a preview.
    private static func animationFlag(_ bits: inout BitReader) -> Bool? {
        guard bits.integer(3) != nil, let hasSize = bits.flag(), !hasSize || skipSize(&bits),
            bits.flag() == false
        else { return nil }
        return bits.flag()
    }

    private static func skipExtraFields(_ bits: inout BitReader) -> Bool {
        guard let isAnimation = animationFlag(&bits) else { return false }
        guard isAnimation else { return true }
        return bits.number(.value(100), .value(1000), .bits(10, 1), .bits(30, 1)) != nil
            && bits.number(.value(1), .value(1001), .bits(8, 1), .bits(10, 1)) != nil
            && bits.number(.value(0), .bits(3, 0), .bits(16, 0), .bits(32, 0)) != nil
            && bits.flag() != nil
    }

    private static func skipDepth(_ bits: inout BitReader) -> Bool {
        guard let isFloat = bits.flag() else { return false }
        guard isFloat else {
            return bits.number(.value(8), .value(10), .value(12), .bits(6, 1)) != nil
        }
        return bits.number(.value(32), .value(16), .value(24), .bits(6, 1)) != nil
            && bits.integer(4) != nil
    }

    /// An extra channel, of which transparency alone is understood.
    private static func skipChannel(_ bits: inout BitReader) -> Bool {
        guard let isDefault = bits.flag() else { return false }
        guard !isDefault else { return true }
        guard bits.number(.value(0), .value(1), .bits(4, 2), .bits(6, 18)) == 0, skipDepth(&bits),
            bits.number(.value(0), .value(3), .value(4), .bits(3, 1)) != nil,
            let name = bits.number(.value(0), .bits(4, 0), .bits(5, 16), .bits(10, 48))
        else { return false }
        for _ in 0..<name { guard bits.integer(8) != nil else { return false } }
        return bits.flag() != nil
    }
}
