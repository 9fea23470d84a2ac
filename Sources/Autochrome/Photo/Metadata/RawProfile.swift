internal import CVips
internal import SystemPackage

/// Metadata in a text of PNG's, as ImageMagick writes them: a name, a length, hexadecimal digits.
enum RawProfile {
    /// The EXIF block of a PNG file that has it as a text; nil for none.
    static func exif(of path: FilePath) -> [UInt8]? {
        for keyword in ["Raw profile type exif", "Raw profile type APP1"] {
            let text = path.withPlatformString { cvips_png_text($0, keyword) }
            guard let text else { continue }
            defer { cvips_free(text) }
            let bytes = bytes(in: Array(String(cString: text).utf8))
            if let block = tiff(in: bytes) { return block }
        }
        return nil
    }

    /// Bytes that the digits encode, from the third line on.
    static func bytes(in text: [UInt8]) -> [UInt8] {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        let digits = lines.dropFirst(2).joined().compactMap { digit($0) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// A TIFF structure with or without the mark that JPEG puts before it.
    private static func tiff(in bytes: [UInt8]) -> [UInt8]? {
        let mark = Array("Exif\0\0".utf8)
        let block = bytes.starts(with: mark) ? Array(bytes[mark.count...]) : bytes
        return TIFFReader(bytes: block) == nil ? nil : block
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
