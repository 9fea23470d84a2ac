/// The checksum of ZIP and PNG (ISO 3309), of bytes that come in parts.
package struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in
            value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ value >> 1
        }
    }

    private var state: UInt32 = 0xFFFF_FFFF

    /// The sum of no bytes.
    package init() {}

    /// The checksum of all bytes that were added.
    package var value: UInt32 { ~state }

    /// Adds the bytes that follow.
    package mutating func add(_ bytes: [UInt8]) {
        var state = state
        Self.table.withUnsafeBufferPointer { table in
            for byte in bytes {
                state = state >> 8 ^ table[Int((state ^ UInt32(byte)) & 0xFF)]
            }
        }
        self.state = state
    }
}
