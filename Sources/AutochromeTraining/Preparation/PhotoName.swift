internal import Autochrome

/// Names for prepared photographs: the place among the sources' files, which no two share, and
/// what people called the photograph, as far as every file system takes it.
enum PhotoName {
    /// `00001234-n01440764_18` for a file so named.
    static func name(index: Int, source: SourceName) -> String {
        let stem = stem(of: source.lastName)
        return index.padded(8) + (stem.isEmpty ? "" : "-\(stem)")
    }

    private static func stem(of name: [UInt8]) -> String {
        let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        let safe = name[..<dot].map { isPlain($0) ? Character(Unicode.Scalar($0)) : "_" }
        return String(safe.prefix(40))
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
