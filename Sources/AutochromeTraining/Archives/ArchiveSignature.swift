/// Tells an archive by its first bytes, whatever its name says.
package enum ArchiveSignature {
    /// How many first bytes are looked at: a tar header.
    package static let length = TarHeader.blockSize

    /// Whether a file that begins with `bytes` is a zip, a tar, or a file compressed with gzip or
    /// Zstandard, which may hold a tar.
    package static func matches(_ bytes: [UInt8]) -> Bool {
        let starts: [[UInt8]] = [
            [0x50, 0x4B, 0x03, 0x04],  // zip, a member first
            [0x50, 0x4B, 0x05, 0x06],  // zip, empty
            [0x1F, 0x8B, 0x08],  // gzip, deflate (RFC 1952, section 2.3.1)
            [0x28, 0xB5, 0x2F, 0xFD],  // Zstandard (RFC 8878, section 3.1.1)
        ]
        return starts.contains { bytes.starts(with: $0) } || isTarHeader(bytes)
    }

    /// By the check sum of POSIX.1-1988 ustar, which tars older than that standard have, too.
    private static func isTarHeader(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= length, bytes[0] != 0 else { return false }
        let digits = bytes[TarHeader.checksumField].filter { $0 != 0x20 && $0 != 0 }
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x37).contains($0) }) else {
            return false
        }
        let stated = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        return TarHeader.checksum(of: bytes.prefix(length)) == stated
    }
}
