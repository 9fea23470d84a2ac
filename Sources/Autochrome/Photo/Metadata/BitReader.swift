/// Reads a JPEG XL header's fields one after the other, the lowest bit first, never past the end
/// (ISO/IEC 18181-1, annex B).
struct BitReader {
    private let bytes: [UInt8]
    private var offset = 0

    /// One of the four forms of a number, chosen by two bits before it.
    enum Form {
        case value(Int)
        /// So many bits, and what is added to them.
        case bits(Int, Int)
    }

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    mutating func integer(_ count: Int) -> Int? {
        guard offset + count <= 8 * bytes.count else { return nil }
        var value = 0
        for bit in 0..<count {
            value |= Int(bytes[offset / 8] >> (offset % 8) & 1) << bit
            offset += 1
        }
        return value
    }

    mutating func flag() -> Bool? { integer(1).map { $0 == 1 } }

    /// The type U32: two bits say which of four forms follows.
    mutating func number(_ forms: Form...) -> Int? {
        guard let choice = integer(2) else { return nil }
        switch forms[choice] {
        case .value(let value): return value
        case .bits(let count, let base): return integer(count).map { $0 + base }
        }
    }
}
