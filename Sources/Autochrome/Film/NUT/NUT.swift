/// NUT, the container in which frames travel between ffmpeg and this program: uncompressed
/// pictures, each with its own time stamp in the film's own time base.
///
/// Raw frames alone have no time, and other containers round it. The layout is that of the
/// specification, "NUT Open Container Format", version 3.
enum NUT {
    static let identification = Array("nut/multimedia container\0".utf8)

    /// What a packet begins with; the first byte of each is `N`.
    enum StartCode: UInt64 {
        case main = 0x4E4D_7A56_1F5F_04AD
        case stream = 0x4E53_1140_5BF2_F9DB
        case syncpoint = 0x4E4B_E4AD_EECA_4569
        case index = 0x4E58_DD67_2F23_E64E
        case info = 0x4E49_AB68_B596_BA78
    }

    /// What the code of a frame says of it.
    struct Flags: OptionSet {
        let rawValue: UInt64
        static let key = Flags(rawValue: 1)
        static let codedTime = Flags(rawValue: 8)
        static let streamID = Flags(rawValue: 16)
        static let sizeHigh = Flags(rawValue: 32)
        static let checksum = Flags(rawValue: 64)
        static let reserved = Flags(rawValue: 128)
        static let headerIndex = Flags(rawValue: 1024)
        static let matchTime = Flags(rawValue: 2048)
        static let coded = Flags(rawValue: 4096)
        static let invalid = Flags(rawValue: 8192)
    }

    /// A number: seven bits a byte, the highest first; all bytes but the last have their top bit
    /// set.
    ///
    /// - Parameter next: the next byte, or nil at the end.
    /// - Throws: `NUTReader.Malformed` when the end comes before the last byte, or what `next`
    ///   throws.
    static func number(_ next: () throws -> UInt8?) throws -> UInt64 {
        var value: UInt64 = 0
        while let byte = try next() {
            value = value << 7 | UInt64(byte & 0x7F)
            if byte < 0x80 { return value }
        }
        throw NUTReader.Malformed()
    }

    /// CRC-32 of the polynomial 0x04C11DB7, from the highest bit down, beginning with 0.
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(0) { crc, byte in
            (crc << 8) ^ table[Int((crc >> 24) ^ UInt32(byte))]
        }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { crc, _ in
            crc & 0x8000_0000 == 0 ? crc << 1 : (crc << 1) ^ 0x04C1_1DB7
        }
    }
}
