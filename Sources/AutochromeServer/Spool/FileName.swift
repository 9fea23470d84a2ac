internal import Autochrome

/// Names of photographs as they are sent and reported; none of them ever names a file here.
enum FileName {
    /// A name without folders and control characters, and not too long for messages.
    static func sanitized(_ name: String?) -> String {
        let last = (name ?? "").split { $0 == "/" || $0 == "\\" }.last ?? ""
        let visible = last.unicodeScalars.filter { scalar in
            !scalar.properties.isBidiControl && scalar.properties.generalCategory != .control
                && scalar.properties.generalCategory != .format
        }
        var name = Substring(String(String.UnicodeScalarView(visible)))
        while name.utf8.count > 200 { name.removeFirst() }
        return name.allSatisfy { $0 == "." } ? "photograph" : String(name)
    }

    /// The name of a photograph's result, as the command line gives it: `photo.color.jpg`.
    static func result(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
            return name + ".color"
        }
        return name[..<dot] + ".color" + name[dot...]
    }

    /// `Content-Disposition` for a file that is to be saved (RFC 6266).
    static func attachment(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { scalar in
                scalar.isASCII && scalar != "\"" && scalar != "\\" ? Character(scalar) : "_"
            })
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded(name))"
    }

    /// Percent-encoded but for letters, digits and `-._~`.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII, character.isLetter || character.isNumber {
                return String(character)
            }
            if "-._~".contains(character) { return String(character) }
            return "%" + byte.padded(2, radix: 16, uppercase: true)
        }.joined()
    }
}

extension FileName {
    /// A sentence as a header field can hold it: all but printable ASCII percent-encoded.
    static func sentence(_ text: String) -> String {
        text.map { character in
            let isPlain = character.isASCII && character != "%" && character >= " "
            return isPlain && character != "\u{7F}"
                ? String(character) : encoded(String(character))
        }.joined()
    }
}
