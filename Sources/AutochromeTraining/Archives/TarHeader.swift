internal import Autochrome

/// The header of a file in a tar archive, POSIX.1-1988 ustar, always the same for the same file.
enum TarHeader {
    /// Headers and contents fill whole blocks.
    static let blockSize = 512

    /// Where a header's check sum stands, in octal digits.
    static let checksumField = 148..<156

    /// End marker of an archive.
    static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    /// A header for a file of `size` bytes, readable by all, of no owner and no time.
    ///
    /// - Parameter name: at most 100 bytes of ASCII.
    static func bytes(name: String, size: Int) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        put(name, at: 0)
        put("0000644\0", at: 100)
        put("0000000\0", at: 108)
        put("0000000\0", at: 116)
        put(size.padded(11, radix: 8) + "\0", at: 124)
        put("00000000000\0", at: 136)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put(checksum(of: header).padded(6, radix: 8) + "\0 ", at: checksumField.lowerBound)
        return header
    }

    /// The sum of a header's bytes, with those of the check sum counted as spaces.
    static func checksum(of header: some Sequence<UInt8>) -> Int {
        header.enumerated().reduce(0) { sum, byte in
            let isChecksum = checksumField.contains(byte.offset)
            return sum + Int(isChecksum ? UInt8(ascii: " ") : byte.element)
        }
    }

    /// Number of zeros after a content of `size` bytes.
    static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }
}
