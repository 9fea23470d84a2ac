internal import Autochrome

/// Where a photograph comes from: the names that lead to it, from the source that was given
/// through the archives it lies in.
///
/// As text, an archive and its member are joined by `!`, as in
/// `train.tar!n01440764.tar!n01440764_18.JPEG`. Names are bytes; what is not UTF-8, `!` and `%`
/// are written as `%` and two hexadecimal digits, so that the text tells the very bytes.
package struct SourceName: Sendable, Equatable {
    /// The names as text.
    package let text: String

    /// The last name on the way, without folders: what people call the photograph.
    package let lastName: [UInt8]

    /// A name that is not inside an archive.
    package init(_ path: [UInt8]) {
        text = Self.text(of: path)
        lastName = Self.last(of: path)
    }

    private init(text: String, lastName: [UInt8]) {
        (self.text, self.lastName) = (text, lastName)
    }

    /// The name of a member of the archive that this names.
    package func member(_ path: [UInt8]) -> SourceName {
        SourceName(text: text + "!" + Self.text(of: path), lastName: Self.last(of: path))
    }

    /// The name of a file in the folder that this names.
    package func file(_ path: [UInt8]) -> SourceName {
        SourceName(text: text + "/" + Self.text(of: path), lastName: Self.last(of: path))
    }

    /// A 64-bit hash of the text (FNV-1a, Fowler, Noll and Vo).
    package var hash: UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static func last(of path: [UInt8]) -> [UInt8] {
        path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    }

    private static func text(of path: [UInt8]) -> String {
        var (text, rest) = ("", path[...])
        while let byte = rest.first {
            if let character = character(at: rest), character != "!", character != "%" {
                text.unicodeScalars.append(character)
                rest = rest.dropFirst(UTF8.width(character))
            } else {
                text += "%" + byte.padded(2, radix: 16, uppercase: true)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// The character that begins here, nil where the bytes are not UTF-8.
    private static func character(at bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let lengths = 1...4
        for length in lengths where length <= bytes.count {
            if let text = String(validating: bytes.prefix(length), as: UTF8.self) {
                return text.unicodeScalars.first
            }
        }
        return nil
    }
}
