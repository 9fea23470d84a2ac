import Autochrome
import Foundation
import SystemPackage
import Testing

/// Pictures of painted strokes, as painting programs export them.
@Suite struct HintStrokesTests {
    private static func path(_ name: String) -> FilePath {
        FilePath(Sample.path("strokes/\(name)"))
    }

    private func read(_ name: String) throws -> Hints {
        try Hints(file: Self.path(name), maxPixels: 1 << 20)
    }

    @Test(
        "A stroke has its colour where it is painted, in every format that has transparency",
        arguments: [
            "8.png", "16.png", "grey.png", "turned.png", "8.tif", "16.tif", "lossless.webp",
        ])
    func painted(name: String) throws {
        let hints = try read(name)
        #expect(hints.summary == "painted strokes")
        let isGrey = name == "grey.png"
        let color = isGrey ? HintColor.grey : HintColor(red: 120, green: 50, blue: 55)
        var scene = HintScene(width: 480, height: 320)
        scene.saturation = 2
        let (plain, output) = (scene.colors(nil), scene.colors(hints))
        // The stroke lies on the pixels 10 to 19 of 48 across, 12 to 15 of 32 down.
        for (x, y) in [(100, 120), (199, 159), (150, 140)] {
            #expect(abs(output.a[x, y] - color.a) < 0.5, "\(x), \(y): \(output.a[x, y])")
            #expect(abs(output.b[x, y] - color.b) < 0.5, "\(x), \(y): \(output.b[x, y])")
        }
        for (x, y) in [(60, 140), (150, 90), (150, 190), (300, 140), (470, 310)] {
            #expect(output.a[x, y] == plain.a[x, y] && output.b[x, y] == plain.b[x, y])
        }
    }

    @Test("The network hears strokes where they are")
    func heard() throws {
        let scene = HintScene(width: 480, height: 320)
        let plane = try #require(scene.view.input(read("8.png")).hints)
        // 192 x 128 pixels: the stroke goes from 40 to 80 across, from 48 to 64 down.
        let (count, place) = (plane.width * plane.height, 13 * plane.width + 15)
        #expect(plane.values[2 * count + place] == 1)
        #expect(plane.values[2 * count + place + 15] == 0)
    }

    @Test("A picture without transparency, and one without strokes, are refused in a sentence")
    func refused() throws {
        let opaque = #expect(throws: HintsError.self) { try read("opaque.png") }
        #expect(opaque?.description.contains("opaque.png: it has no transparency;") == true)
        let empty = #expect(throws: HintsError.self) { try read("empty.png") }
        #expect(empty?.description.contains("empty.png: nothing is painted on it;") == true)
    }

    @Test("Strokes of another shape than the photograph's are refused, whatever their size")
    func shape() throws {
        let strokes = try #require(try read("8.png").strokes)
        #expect(throws: Never.self) {
            try strokes.check(against: Sample.open("rgb.png"))
        }
        let other = #expect(throws: HintsError.self) {
            try strokes.check(against: Sample.open("strokes/square.png"))
        }
        #expect(other?.description.contains("48 x 32 pixels, another shape than that of") == true)
    }

    @Test("Of a picture of more than 4 megapixels a smaller copy is kept, its colours unmixed")
    func large() throws {
        let strokes = try #require(
            try Hints(file: Self.path("large.png"), maxPixels: 1 << 20).strokes)
        #expect(strokes.width * strokes.height <= HintStrokes.mostPixels)
        #expect(strokes.width * strokes.height > HintStrokes.mostPixels * 99 / 100)
        let hints = try Hints(file: Self.path("large.png"), maxPixels: 1 << 20)
        let output = HintScene(width: 480, height: 320).colors(hints)
        let color = HintColor(red: 120, green: 50, blue: 55)
        for (x, y) in [(102, 122), (150, 140), (197, 157)] {
            #expect(abs(output.a[x, y] - color.a) < 0.5, "\(x), \(y): \(output.a[x, y])")
        }
    }
}
