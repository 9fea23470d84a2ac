internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// The part of an address after `?`, taken apart.
struct Query {
    /// Names and values in their order, decoded.
    let items: [(name: String, value: String)]

    init(_ uri: URI) {
        items = (uri.query ?? "").split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The one value of a name, or nil if it is not there.
    ///
    /// - Throws: `Problem` when it is there more than once.
    func value(_ name: String) throws(Problem) -> String? {
        let values = values(name)
        guard values.count < 2 else {
            throw Problem(.badRequest, "\(name) is given \(values.count) times; once is enough.")
        }
        return values.first
    }

    /// Every value of a name.
    func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// Refuses names that mean nothing here.
    func allow(_ names: String...) throws(Problem) {
        guard let unknown = items.first(where: { !names.contains($0.name) }) else { return }
        let known = names.isEmpty ? "there are none" : "there are \(names.joined(separator: ", "))"
        throw Problem(.badRequest, "There is no option \"\(unknown.name)\" here; \(known).")
    }

    /// Percent signs and, as forms have it, plus signs taken back.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
                let code = UInt8(digits, radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

// Values of kinds.
extension Query {
    /// A number, or nil if the name is not there.
    func number<Number: LosslessStringConvertible>(
        _ name: String, as type: Number.Type
    ) throws(Problem) -> Number? {
        guard let text = try value(name) else { return nil }
        guard let number = Self.number(text, as: type) else {
            let kind = type == Int.self ? "a whole number" : "a number"
            throw Problem(.badRequest, "\(name) is \"\(text)\"; \(kind) was expected.")
        }
        return number
    }

    /// A number in decimal digits, or nil: Swift also reads "nan", "inf" and hexadecimals.
    static func number<Number: LosslessStringConvertible>(
        _ text: String, as type: Number.Type
    ) -> Number? {
        text.utf8.allSatisfy("0123456789.eE+-".utf8.contains) ? Number(text) : nil
    }

    /// `true` or `false`, or nil if the name is not there.
    func flag(_ name: String) throws(Problem) -> Bool? {
        guard let text = try value(name) else { return nil }
        guard let flag = Bool(text) else {
            throw Problem(.badRequest, "\(name) is \"\(text)\"; it is true or false.")
        }
        return flag
    }
}
