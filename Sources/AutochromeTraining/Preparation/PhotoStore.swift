internal import SystemPackage

/// Where prepared photographs go.
protocol PhotoStore {
    /// Puts a photograph there; `name` is unlike any other's and safe in every file system.
    ///
    /// - Returns: where it is, as `KeptPhotograph.file` and `.offset` tell it.
    mutating func put(
        _ jpeg: [UInt8], index: Int, name: String
    ) throws(PrepareError) -> (file: String, offset: Int?)

    /// Whether a photograph is still there as it was put.
    func holds(_ photograph: KeptPhotograph) -> Bool

    /// Takes up the work after `last`, nil for none; what was put later goes.
    mutating func reopen(after last: KeptPhotograph?) throws(PrepareError)

    /// Brings everything to its final place.
    mutating func finish() throws(PrepareError)
}

/// Names for prepared photographs: the place among the sources' files, which no two share, and
/// what people called the photograph, as far as every file system takes it.
enum PhotoName {
    /// `00001234-n01440764_18` for a file so named.
    static func name(index: Int, source: SourceName) -> String {
        let number = String(index)
        let padded = String(repeating: "0", count: max(0, 8 - number.count)) + number
        let stem = stem(of: source.lastName)
        return stem.isEmpty ? padded : padded + "-" + stem
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
