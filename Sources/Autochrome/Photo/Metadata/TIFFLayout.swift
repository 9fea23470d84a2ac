/// The two forms of TIFF: classic (TIFF 6.0, section 2), and BigTIFF with
/// 64-bit offsets.
struct TIFFLayout {
    let order: ByteOrder
    let isBig: Bool

    static let classic = TIFFLayout(order: .little, isBig: false)

    /// Of an offset, a count, and the value field of an entry, in bytes.
    var wordLength: Int { isBig ? 8 : 4 }
    /// Of a directory's number of entries, in bytes.
    var countLength: Int { isBig ? 8 : 2 }
    /// Of a directory entry, in bytes.
    var entryLength: Int { 4 + 2 * wordLength }
    /// Where a file's header holds the offset of the first directory.
    var firstDirectoryField: Int { isBig ? 8 : 4 }

    /// The header of a file whose first directory follows at once.
    var header: [UInt8] {
        let mark: [UInt8] = order == .little ? [0x49, 0x49] : [0x4D, 0x4D]
        guard isBig else {
            return mark + order.bytes(42, count: 2) + order.bytes(8, count: 4)
        }
        return mark + order.bytes(43, count: 2) + order.bytes(8, count: 2)
            + order.bytes(0, count: 2) + order.bytes(16, count: 8)
    }

    /// Bytes a value of a field type takes; 0 for an unknown type.
    static func length(ofType type: Int) -> Int {
        switch type {
        case 1, 2, 6, 7: 1
        case 3, 8: 2
        case 4, 9, 11, 13: 4
        case 5, 10, 12, 16, 17, 18: 8
        default: 0
        }
    }

    /// The unit that byte order turns round: rationals are two numbers.
    static func unit(ofType type: Int) -> Int {
        type == 5 || type == 10 ? 4 : length(ofType: type)
    }
}
