import Autochrome
import Foundation
import SystemPackage
import Testing

/// What files of hints say, and what is said of those that cannot be used.
@Suite struct HintsReadingTests {
    private func read(_ text: String) throws(HintsError) -> Hints {
        try Hints(content: Array(text.utf8), file: "a.hints.json")
    }

    @Test("Points, areas and a palette are read; what is left out has its default")
    func whole() throws {
        let hints = try read(
            """
            {"version": 1,
             "points": [
               {"x": 0.25, "y": 1, "color": "#FF0000", "radius": 0.05, "only_here": true},
               {"x": 0, "y": 0.5, "color": null}],
             "areas": [{"polygon": [[-0.1, 0], [1, 0], [0.5, 1.2]], "color": "#808080"}],
             "palette": [{"color": "#00ff00", "share": 3}, {"ab": [-20, 30], "share": 1}]}
            """)
        #expect(hints.points.count == 2)
        let red = hints.points[0]
        // scikit-image's a* and b* of pure red.
        #expect(abs(red.color.a - 80.092) < 0.01 && abs(red.color.b - 67.203) < 0.01)
        #expect(red.x == 0.25 && red.y == 1 && red.radius == 0.05 && red.isLocal)
        #expect(hints.points[1] == HintPoint(x: 0, y: 0.5, color: .grey))
        #expect(hints.areas[0].color == .grey && !hints.areas[0].isLocal)
        #expect(hints.areas[0].corners[2] == SIMD2(0.5, 1.2))
        #expect(hints.summary == "2 points, 1 area and a palette")
        let shares = try #require(hints.palette).shares
        #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
        let cell = try #require(ColorBins.centers.firstIndex(of: SIMD2<Float>(-20, 30)))
        #expect(abs(shares[cell] - 0.25) < 1e-6)
    }

    @Test(
        "A file that cannot be used is refused in a sentence with the place",
        arguments: [
            (#"{"points": []}"#, "a.hints.json: version is missing."),
            (
                #"{"version": 2, "films": []}"#,
                "a.hints.json: version is 2; this Autochrome reads version 1, a newer one may read it."
            ),
            (#"{"version": "1"}"#, "a.hints.json: version is not a whole number."),
            (
                #"{"version": 1, "point": []}"#,
                "a.hints.json: point means nothing here; there are $schema, version, points, areas, "
                    + "palette."
            ),
            (#"{"version": 1, "points": {}}"#, "a.hints.json: points is not a list."),
            (#"{"version": 1, "points": [3]}"#, "a.hints.json: points[0] is not an object."),
            (
                #"{"version": 1, "points": [{"x": 0, "y": 0, "color": null}, {"x": 1.5, "y": 0}]}"#,
                "a.hints.json: points[1].x is 1.5; it goes from 0 to 1, as a fraction of the picture's "
                    + "width."
            ),
            (
                #"{"version": 1, "points": [{"x": 0.5, "y": 0.5}]}"#,
                "a.hints.json: points[0].color is missing."
            ),
            (
                #"{"version": 1, "points": [{"x": 0.5, "y": 0.5, "color": "red"}]}"#,
                "a.hints.json: points[0].color is \"red\"; a colour is written as in \"#8a2b1c\", "
                    + "grey as null."
            ),
            (
                #"{"version": 1, "points": [{"x": 0.5, "y": 0.5, "color": 255}]}"#,
                "a.hints.json: points[0].color is not a text."
            ),
            (
                #"{"version": 1, "points": [{"x": 0.5, "y": 0.5, "color": null, "radius": 3}]}"#,
                "a.hints.json: points[0].radius is 3.0; it goes from 0 to 0.5, as a fraction of the "
                    + "picture's shorter side."
            ),
            (
                #"{"version": 1, "points": [{"x": 0.5, "y": 0.5, "color": null, "only_here": 1}]}"#,
                "a.hints.json: points[0].only_here is not true or false."
            ),
            (
                #"{"version": 1, "areas": [{"polygon": [[0, 0], [1, 1]], "color": null}]}"#,
                "a.hints.json: areas[0].polygon has 2 corners; an area has at least 3."
            ),
            (
                #"{"version": 1, "areas": [{"polygon": [[0, 0], [1, 1], [0]], "color": null}]}"#,
                "a.hints.json: areas[0].polygon[2] has 1 numbers, not 2."
            ),
            (
                #"{"version": 1, "areas": [{"polygon": [[1.1, 0], [1.5, 0], [1.2, 1]], "color": null}]}"#,
                "a.hints.json: areas[0].polygon lies outside the picture, which goes from 0 to 1."
            ),
            (
                #"{"version": 1, "palette": null}"#,
                "a.hints.json: palette is null, not a list."
            ),
            (
                #"{"version": 1, "points": [{"x": 0, "y": 0, "color": null, "radius": null}]}"#,
                "a.hints.json: points[0].radius is null, not a number."
            ),
            (
                #"{"version": 1, "$schema": 5}"#,
                "a.hints.json: $schema is not a text."
            ),
            (
                #"{"version": 1, "palette": []}"#,
                "a.hints.json: palette has no colour with a share."
            ),
            (
                #"{"version": 1, "palette": [{"ab": [0, 900], "share": 1}]}"#,
                "a.hints.json: palette[0].ab is [0.0, 900.0]; a* and b* go from -120 to 120."
            ),
            (
                #"{"version": 1, "palette": [{"color": null, "share": -1}]}"#,
                "a.hints.json: palette[0].share is -1.0; it is 0 or more, and at most 1,000,000."
            ),
        ])
    func refused(text: String, sentence: String) {
        let error = #expect(throws: HintsError.self) { try read(text) }
        #expect(error?.description == sentence)
    }

    @Test("What is no JSON is told with line and column")
    func noJSON() throws {
        let error = try #require(
            #expect(throws: HintsError.self) { try read("{\"version\": 1,\n \"points\": [}") })
        #expect(
            error.description == "a.hints.json: no JSON (line 2, column 13); "
                + "Documentation/Hints.md describes files of hints.")
        for text in ["", "[", "nonsense", "\u{0}"] {
            #expect(throws: HintsError.self) { try read(text) }
        }
        // Nested deeper than any reader goes.
        #expect(throws: HintsError.self) { try read(String(repeating: "[", count: 100_000)) }
    }

    @Test("As many points as cover the picture a hundred times over are too many")
    func cover() {
        let point = #"{"x": 0.5, "y": 0.5, "color": null, "radius": 0.5}"#
        func text(_ count: Int) -> String {
            let points = [String](repeating: point, count: count).joined(separator: ",")
            return #"{"version": 1, "points": [\#(points)]}"#
        }
        #expect(throws: Never.self) { try read(text(127)) }
        let error = #expect(throws: HintsError.self) { try read(text(200)) }
        #expect(
            error?.description == "a.hints.json: points cover the picture 157 times over; smaller "
                + "radii are needed for so many.")
    }

    @Test("Files that cannot be read, and too large ones, are refused by name")
    func files() async throws {
        try await Fixture.withFolder { folder in
            let missing = #expect(throws: HintsError.self) {
                try Hints(reading: FilePath(folder + "/none.json"))
            }
            #expect(
                missing?.description
                    == "\(folder)/none.json: cannot be read: no such file or directory.")
            #expect(throws: HintsError.self) { try Hints(reading: FilePath(folder)) }
            let path = folder + "/large.json"
            try Data(repeating: 32, count: 16_000_001).write(to: URL(filePath: path))
            let large = #expect(throws: HintsError.self) { try Hints(reading: FilePath(path)) }
            #expect(large == .tooLarge(file: path))
        }
    }

    @Test("The digest is that of what is said, not of the file")
    func digest() throws {
        let one = try read(##"{"version":1,"points":[{"x":0.5,"y":0.5,"color":"#102030"}]}"##)
        let same = try read(
            ##"{ "points": [{"color": "#102030", "y": 0.50, "x": 5e-1}], "version": 1 }"##)
        let other = try read(##"{"version":1,"points":[{"x":0.5,"y":0.5,"color":"#102031"}]}"##)
        #expect(one.digest == same.digest && one.digest != other.digest)
        #expect(one.digest.count == 64)
    }

    @Test("A palette that is kept is read back the same")
    func palette() throws {
        let green = HintColor(red: 10, green: 200, blue: 90)
        let colors: [(color: HintColor, share: Float)] = [(green, 1), (.grey, 2)]
        let made = Palette(colors)
        let palette = try #require(made)
        let hints = try Hints(content: palette.file, file: "palette.json")
        expectClose(try #require(hints.palette).shares, palette.shares, within: 1e-6)
    }
}
