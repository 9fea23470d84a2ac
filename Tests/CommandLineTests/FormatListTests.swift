import Autochrome
import Foundation
import Testing

/// The lists of formats that are not made from `PhotoFormat`.
@Suite struct FormatListTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Program.root.appending(path: path), encoding: .utf8)
    }

    private static let extensions = PhotoFormat.allCases.flatMap(\.fileExtensions)

    @Test("The page's picker takes each format's extensions, and no others")
    func picker() throws {
        let page = try Self.text("Sources/AutochromeServer/Page/index.html")
        let accepted = try #require(page.firstMatch(of: #/accept="([^"]*)"/#)).1
        #expect(
            accepted.split(separator: ",").sorted()
                == (Self.extensions.map { ".\($0)" } + ["image/*"]).sorted().map { $0[...] })
    }

    @Test("The page has a name for each format that is not its own in capitals")
    func names() throws {
        let strings = try Self.text("Sources/AutochromeServer/Page/strings.js")
        let list = try #require(strings.firstMatch(of: #/formatNames = \{([^}]*)\}/#)).1
        let expected = PhotoFormat.allCases.filter { $0.name != $0.rawValue.uppercased() }
            .map { "\($0.rawValue): \"\($0.name)\"" }
        #expect(
            list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } == expected)
    }

    @Test("The API's description takes each format's name and extensions, and answers in each")
    func description() throws {
        let text = try Self.text("Sources/AutochromeServer/openapi.yaml")
        let list = try #require(text.firstMatch(of: #/- name: format\n[\s\S]*?\[([^\]]*)\]/#)).1
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(
            Set(names) == Set(Self.extensions + PhotoFormat.allCases.map(\.rawValue))
                && Set(names).count == names.count)
        let answers = text.matches(of: #/(?:\n            image\/\w+:\n.*)+/#).map { match in
            match.0.matches(of: #/image\/\w+/#).map { String($0.0) }
        }
        let whole = answers.filter { $0.count > 1 }
        #expect(whole.count == 2)
        for answer in whole { #expect(answer == PhotoFormat.allCases.map(\.mediaType)) }
        let quality = try #require(text.firstMatch(of: #/Quality of (.*); 100 .* in (.*)\./#))
        #expect(quality.1 == PhotoFormat.list(PhotoFormat.allCases.filter(\.hasQuality)))
        #expect(quality.2 == PhotoFormat.list(PhotoFormat.allCases.filter(\.isLosslessAt100)))
    }

    @Test("Documentation/Metadata.md has a row for each format, in their order")
    func metadata() throws {
        let text = try Self.text("Documentation/Metadata.md")
        let rows = text.matches(of: #/\n\| (.*?) \|.*/#).map { String($0.1) }.dropFirst()
        // BigTIFF is no format of its own.
        let names = rows.map { $0 == "TIFF, BigTIFF" ? "TIFF" : $0 }
        #expect(Array(names.prefix(PhotoFormat.allCases.count)) == PhotoFormat.allCases.map(\.name))
    }

    @Test("Both READMEs list the formats of --format", arguments: ["README.md", "README.zh-CN.md"])
    func readme(name: String) throws {
        let row = try #require(try Self.text(name).firstMatch(of: #/\| `--format NAME` \|.*/#)).0
        let formats = row.matches(of: #/[a-z]+/#).compactMap { PhotoFormat(rawValue: String($0.0)) }
        #expect(formats == PhotoFormat.allCases)
    }
}
