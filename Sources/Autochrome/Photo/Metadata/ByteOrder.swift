/// Byte order of numbers in a file.
enum ByteOrder {
    case little, big

    /// The whole of `bytes` as one unsigned number; nil past 63 bits.
    func integer(_ bytes: some Collection<UInt8>) -> Int? {
        let ordered = self == .big ? Array(bytes) : bytes.reversed()
        guard ordered.count < 8 || (ordered.count == 8 && ordered[0] < 128) else { return nil }
        return ordered.reduce(0) { $0 << 8 | Int($1) }
    }

    /// `value` in `count` bytes.
    func bytes(_ value: Int, count: Int) -> [UInt8] {
        let little = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        return self == .little ? little : little.reversed()
    }
}
