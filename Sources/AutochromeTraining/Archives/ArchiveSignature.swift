/// Identifies an archive by its first bytes, whatever its name.
package enum ArchiveSignature {
    /// Number of first bytes that are examined: a tar header.
    package static let length = TarHeader.blockSize

    /// Kind of a file that begins with `bytes`: a zip, a tar, or a file compressed with gzip,
    /// Zstandard or xz, which may hold a tar; nil for all else.
    package static func kind(of bytes: [UInt8]) -> ArchiveKind? {
        if let known = starts.first(where: { bytes.starts(with: $0.bytes) }) { return known.kind }
        return isSkippableFrame(bytes) ? .zstd : isTarHeader(bytes) ? .tar : nil
    }

    /// Whether a file that begins with `bytes` is an archive that is read.
    package static func matches(_ bytes: [UInt8]) -> Bool { kind(of: bytes) != nil }

    /// The name of what a file that begins with `bytes` is packed by, where that is not read.
    package static func foreign(_ bytes: [UInt8]) -> String? {
        foreignStarts.first { bytes.starts(with: $0.bytes) }?.name
    }

    private static let starts: [(kind: ArchiveKind, bytes: [UInt8])] = [
        (.zip, [0x50, 0x4B, 0x03, 0x04]),  // a member first
        (.zip, [0x50, 0x4B, 0x05, 0x06]),  // empty
        (.gzip, [0x1F, 0x8B, 0x08]),  // deflate (RFC 1952, section 2.3.1)
        (.zstd, [0x28, 0xB5, 0x2F, 0xFD]),  // (RFC 8878, section 3.1.1)
        (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),  // (.xz file format 1.2, section 2.1.1.1)
    ]

    private static let foreignStarts: [(name: String, bytes: [UInt8])] = [
        ("bzip2", Array("BZh".utf8)), ("lzip", Array("LZIP".utf8)),
        ("compress", [0x1F, 0x9D]), ("LZ4", [0x04, 0x22, 0x4D, 0x18]),
        ("7-Zip", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), ("RAR", Array("Rar!".utf8)),
    ]

    /// A frame that Zstandard passes over, as pzstd writes it first (RFC 8878, section 3.1.2).
    private static func isSkippableFrame(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...].starts(with: [0x2A, 0x4D, 0x18])
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
