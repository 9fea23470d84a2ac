import Foundation

/// Photographs that other tests have, too.
enum Fixture {
    static func photo(_ name: String) throws -> Data {
        try Data(
            contentsOf: Program.root.appending(path: "Tests/AutochromeTests/Fixtures/Photo")
                .appending(path: name))
    }
}
