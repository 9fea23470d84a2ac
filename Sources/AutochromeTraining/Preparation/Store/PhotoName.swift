internal import Autochrome

/// Names for prepared photographs: the place among the sources' files, which no two share, and
/// what people called the photograph, as far as every file system takes it.
enum PhotoName {
    /// `00001234-n01440764_18` for a file so named.
    static func name(index: Int, source: SourceName) -> String {
        let stem = stem(of: source.lastName)
        return index.padded(8) + (stem.isEmpty ? "" : "-\(stem)")
    }

    /// Original name of the photograph at a path in a data set, also in a shard
    /// too; nil where its name is none of these.
    static func original(in path: String) -> Substring.UTF8View? {
        let ends = [UInt8(ascii: "/"), UInt8(ascii: "!")]
        let end = path.utf8.lastIndex { ends.contains($0) }
        let start = end.map { path.utf8.index(after: $0) } ?? path.utf8.startIndex
        let name = path.utf8[start...]
        let digits = name.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
        let rest = name.dropFirst(digits)
        return digits >= 8 && rest.first == UInt8(ascii: "-") ? rest.dropFirst() : nil
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
