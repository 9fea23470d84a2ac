import Foundation

/// What a server answered.
struct Answer {
    let status: Int
    let fields: [(name: String, value: String)]
    var body = Data()

    init(head: String) {
        let lines = head.components(separatedBy: "\r\n")
        status = Int(lines[0].split(separator: " ").dropFirst().first ?? "") ?? 0
        fields = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
    }

    subscript(_ name: String) -> String? {
        fields.first { $0.name == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body, a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }

    /// The sentence of a problem.
    var detail: String {
        self["Content-Type"] == "application/problem+json"
            ? object["detail"] as? String ?? "" : "no problem: \(text.prefix(200))"
    }
}
