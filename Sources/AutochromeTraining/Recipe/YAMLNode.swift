internal import CYAML

/// A value of a YAML document: a scalar, a list, or keys with their values.
indirect enum YAMLNode {
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([String: YAMLNode])

    /// Why a text is no YAML document.
    struct Fault: Error {
        let reason: String
    }

    /// Reads the one document of a text; nil where it has no content.
    ///
    /// - Throws: `Fault`
    static func reading(_ text: String) throws(Fault) -> YAMLNode? {
        var reason: UnsafeMutablePointer<CChar>?
        var text = text
        let document = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cyaml_read($0.baseAddress, $0.count, &reason)
            }
        }
        guard let document else {
            defer { cyaml_free_reason(reason) }
            throw Fault(reason: reason.map { String(cString: $0) } ?? "not enough memory")
        }
        defer { cyaml_free(document) }
        guard cyaml_count(document) > 0 else { return nil }
        return try YAMLReader(document: document).node(1, inside: [])
    }
}

/// Turns a document of libyaml into values.
private struct YAMLReader {
    let document: OpaquePointer

    /// The node of this number, which stands in those of `outer`.
    func node(_ number: Int32, inside outer: Set<Int32>) throws(YAMLNode.Fault) -> YAMLNode {
        let facts = cyaml_node(document, number)
        guard !outer.contains(number) else {
            throw YAMLNode.Fault(reason: "line \(facts.line): a value contains itself")
        }
        let inner = outer.union([number])
        switch facts.kind {
        case CYAML_SEQUENCE:
            return .sequence(
                try (0..<facts.count).map { place throws(YAMLNode.Fault) in
                    try node(cyaml_element(document, number, place), inside: inner)
                })
        case CYAML_MAPPING:
            return .mapping(try mapping(number, facts, inside: inner))
        default:
            return .scalar(text(facts), isPlain: facts.is_plain != 0)
        }
    }

    private func mapping(
        _ number: Int32, _ facts: CYAMLNode, inside outer: Set<Int32>
    ) throws(YAMLNode.Fault) -> [String: YAMLNode] {
        var values: [String: YAMLNode] = [:]
        for place in 0..<facts.count {
            let key = cyaml_node(document, cyaml_key(document, number, place))
            guard key.kind == CYAML_SCALAR else {
                throw YAMLNode.Fault(reason: "line \(key.line): a key is one word")
            }
            let value = try node(cyaml_value(document, number, place), inside: outer)
            guard values.updateValue(value, forKey: text(key)) == nil else {
                throw YAMLNode.Fault(reason: "line \(key.line): \(text(key)) is given twice")
            }
        }
        return values
    }

    private func text(_ scalar: CYAMLNode) -> String {
        UnsafeBufferPointer(start: scalar.text, count: scalar.length)
            .withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
    }
}

// What a scalar stands for, by the core schema of YAML 1.2, section 10.3.2, with yes, no, on, off
// and the underscores in numbers that YAML 1.1 knows.
extension YAMLNode {
    /// The keys with their values.
    var mapping: [String: YAMLNode]? {
        if case .mapping(let values) = self { values } else { nil }
    }

    /// The elements of a list.
    var sequence: [YAMLNode]? {
        if case .sequence(let elements) = self { elements } else { nil }
    }

    /// The text of a scalar.
    var string: String? {
        if case .scalar(let text, _) = self { text } else { nil }
    }

    /// The text of a scalar without quotes.
    private var plain: String? {
        if case .scalar(let text, isPlain: true) = self { text } else { nil }
    }

    /// The text of what may be a number, which begins with no underscore.
    private var digits: String? {
        plain.flatMap { $0.hasPrefix("_") ? nil : $0.replacing("_", with: "") }
    }

    /// Whether it is a null.
    var isNull: Bool { plain.map { ["", "~", "null", "Null", "NULL"].contains($0) } ?? false }

    var bool: Bool? {
        switch plain?.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// A whole number, decimal, or with 0o and 0x before its digits.
    var whole: Int? {
        guard let digits else { return nil }
        for (prefix, radix) in [("0o", 8), ("0x", 16)] where digits.hasPrefix(prefix) {
            let rest = digits.dropFirst(2)
            return rest.first?.isHexDigit == true ? Int(rest, radix: radix) : nil
        }
        return Int(digits)
    }

    /// A number; infinite ones and those that are none are never meant here.
    var number: Double? {
        if let whole { return Double(whole) }
        guard let digits,
            digits.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) })
        else { return nil }
        return Double(digits.hasPrefix("+") ? digits.dropFirst() : digits[...])
    }
}
