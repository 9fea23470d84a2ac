import Autochrome
import Foundation
import Testing

/// The documentation of files of hints beside what reads them.
@Suite struct HintsDocumentationTests {
    private static func text(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "Documentation").appending(path: name), encoding: .utf8
        )
    }

    @Test("The example is read")
    func example() throws {
        let parts = try Self.text("Hints.md").components(separatedBy: "```json\n")
        let json = try #require(parts.last?.components(separatedBy: "```").first)
        let hints = try Hints(content: Array(json.utf8), file: "Hints.md")
        #expect(hints.summary == "2 points, 1 area and a palette")
    }

    @Test(
        "The schema has the names that are read, and no others",
        arguments: [
            ("", #"{"version": 1, "?": 0}"#),
            ("points", #"{"version": 1, "points": [{"x": 0, "y": 0, "color": null, "?": 0}]}"#),
            ("areas", #"{"version": 1, "areas": [{"polygon": [], "color": null, "?": 0}]}"#),
            ("palette", #"{"version": 1, "palette": [{"share": 1, "?": 0}]}"#),
        ])
    func names(place: String, text: String) throws {
        let error = try #require(
            #expect(throws: HintsError.self) {
                try Hints(content: Array(text.utf8), file: "a")
            })
        let list = try #require(error.description.components(separatedBy: "there are ").last)
        let read = Set(list.dropLast().components(separatedBy: ", "))
        let schema = try JSONSerialization.jsonObject(
            with: Data(Self.text("hints.schema.json").utf8))
        var object = try #require(schema as? [String: Any])
        if !place.isEmpty {
            let properties = try #require(object["properties"] as? [String: Any])
            let array = try #require(properties[place] as? [String: Any])
            object = try #require(array["items"] as? [String: Any])
        }
        let properties = try #require(object["properties"] as? [String: Any])
        #expect(Set(properties.keys) == read)
    }
}
