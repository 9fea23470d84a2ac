/// Where a text stops being JSON (RFC 8259): the reader of `FoundationEssentials` does not tell.
struct JSONFault {
    private let text: [UInt8]
    private var place = 0

    /// Line and column of the first fault, as in "line 2, column 13"; nil where the grammar has
    /// none.
    static func place(in text: [UInt8]) -> String? {
        var fault = JSONFault(text: text)
        guard !fault.isValue(depth: 0) || !fault.isAtEnd else { return nil }
        let before = text.prefix(fault.place)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        return "line \(line), column \(column)"
    }

    private init(text: [UInt8]) { self.text = text }

    private static let deepest = 512

    private var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return place == text.count
        }
    }

    private mutating func skipSpace() {
        while place < text.count, [9, 10, 13, 32].contains(text[place]) { place += 1 }
    }

    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard place < text.count, text[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// Goes over a value, and says whether it is one.
    private mutating func isValue(depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        if takes("{") {
            return isList(until: "}") {
                $0.isText() && $0.takes(":") && $0.isValue(depth: depth + 1)
            }
        }
        if takes("[") { return isList(until: "]") { $0.isValue(depth: depth + 1) } }
        if place < text.count, text[place] == UInt8(ascii: "\"") { return isText() }
        return isWord()
    }

    private mutating func isList(
        until end: Unicode.Scalar, _ element: (inout JSONFault) -> Bool
    ) -> Bool {
        if takes(end) { return true }
        repeat { guard element(&self) else { return false } } while takes(",")
        return takes(end)
    }

    private mutating func isText() -> Bool {
        guard takes("\"") else { return false }
        while place < text.count, text[place] >= 32 {
            let character = text[place]
            place += character == UInt8(ascii: "\\") ? 2 : 1
            if character == UInt8(ascii: "\"") { return true }
        }
        place = min(place, text.count)
        return false
    }

    /// A number, `true`, `false` or `null`.
    private mutating func isWord() -> Bool {
        let word = text[place...].prefix { $0 > 32 && !",:]}[{\"".utf8.contains($0) }
        let written = String(decoding: word, as: UTF8.self)
        let isNumber =
            written.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
        guard isNumber || ["true", "false", "null"].contains(written) else { return false }
        place += word.count
        return true
    }
}
