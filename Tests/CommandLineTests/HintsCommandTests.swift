import Autochrome
import Foundation
import SystemPackage
import Testing

/// Hints on the command line and beside photographs.
@Suite struct HintsCommandTests {
    let scratch: Scratch

    /// A red point that holds only where it is.
    private static let local = """
        {"version": 1, "points": [
          {"x": 0.5, "y": 0.7, "color": "#b03030", "radius": 0.1, "only_here": true}]}
        """

    init() throws {
        scratch = try Scratch()
        try scratch.write(TestPhoto.grey(width: 90, height: 60), as: "a.tif")
    }

    private func write(_ text: String, as name: String) throws {
        try scratch.write(Data(text.utf8), as: name)
    }

    /// a* at the point of `local`.
    private func red(_ name: String) throws -> Float {
        let photo = try PhotoFile(path: FilePath(scratch.path(name)), maxPixels: 10_000)
        let scaled = try photo.scaled(width: photo.width, height: photo.height)
        return Lab.planes(
            of: scaled.values, channels: 3, width: scaled.width, height: scaled.height
        )
        .a[45, 42]
    }

    private func expectRed(_ name: String) throws {
        let color = HintColor(red: 0xb0, green: 0x30, blue: 0x30)
        #expect(abs(try red(name) - color.a) < 1)
    }

    @Test("--hints colours the place, whatever the network; --hints and --no-hints contradict")
    func named() throws {
        try write(Self.local, as: "h.json")
        let result = try Program.run("a.tif", "--hints", "h.json", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        try expectRed("a.color.tif")
        let both = try Program.run("a.tif", "--hints", "h.json", "--no-hints", in: scratch.url)
        #expect(both.status == 64)
    }

    @Test("A file of hints beside the photograph is taken and said; --no-hints leaves it")
    func neighbour() throws {
        try write(Self.local, as: "a.tif.hints.json")
        let result = try Program.run("a.tif", in: scratch.url)
        #expect(result.status == 0)
        #expect(result.error.contains("a.tif: with 1 point of a.tif.hints.json.\n"))
        try expectRed("a.color.tif")
        let without = try Program.run("a.tif", "--no-hints", "-o", "b.tif", in: scratch.url)
        #expect(without.status == 0 && !without.error.contains("hints.json"))
        #expect(try red("b.tif") < 30)
        // A folder keeps its hints.
        let folder = try Program.run(".", "-o", "out", in: scratch.url)
        #expect(folder.status == 0, "\(folder.error)")
        try expectRed("out/a.tif")
    }

    @Test("A result made from other hints is named, and made anew with --overwrite")
    func otherHints() throws {
        #expect(try Program.run("a.tif", in: scratch.url).status == 0)
        try write(Self.local, as: "a.tif.hints.json")
        let sentence =
            "a.color.tif: made from other hints than the present ones; --overwrite replaces it.\n"
        let named = try Program.run("a.tif", in: scratch.url)
        #expect(named.status == 0 && named.output.isEmpty)
        #expect(named.error.contains(sentence), "\(named.error)")
        let told = try Program.run("a.tif", "--json", in: scratch.url)
        #expect(told.output.contains("\"otherHints\" : [\n    \"a.color.tif\"\n  ]"))
        #expect(try Program.run("a.tif", "--overwrite", in: scratch.url).status == 0)
        try expectRed("a.color.tif")
        #expect(try !Program.run("a.tif", in: scratch.url).error.contains(sentence))
        // Without hints now, it is made from others, too.
        #expect(try Program.run("a.tif", "--no-hints", in: scratch.url).error.contains(sentence))
    }

    @Test("XMP says that a person chose colours, and the hash of the hints")
    func provenance() throws {
        try write(Self.local, as: "h.json")
        #expect(try Program.run("a.tif", "--hints", "h.json", in: scratch.url).status == 0)
        let digest = try Hints(reading: FilePath(scratch.path("h.json"))).digest
        #expect(PhotoFile.hintsDigest(of: FilePath(scratch.path("a.color.tif"))) == digest)
        let file = String(decoding: try scratch.read("a.color.tif"), as: UTF8.self)
        #expect(file.contains("with colours that a person chose: 1 point; hints sha256:\(digest)"))
        #expect(PhotoFile.hintsDigest(of: FilePath(scratch.path("a.tif"))) == nil)
    }

    @Test("What cannot be used is refused by name and place, and nothing is written")
    func refused() throws {
        try write(#"{"version": 1, "points": [{"x": 7}]}"#, as: "bad.json")
        for name in ["bad.json", "none.json", "a.tif", "."] {
            let result = try Program.run("a.tif", "--hints", name, in: scratch.url)
            #expect(result.status == 1, "\(name)")
            #expect(result.error.hasPrefix("\(name): "), "\(result.error)")
        }
        try write("{", as: "a.tif.hints.json")
        let neighbour = try Program.run("a.tif", in: scratch.url)
        #expect(neighbour.status == 1)
        #expect(neighbour.error.hasPrefix("a.tif.hints.json: no JSON ("))
        try scratch.write(TestPhoto.grey(width: 40, height: 40), as: "b.tif")
        let two = try Program.run("a.tif", "b.tif", "--hints", "bad.json", in: scratch.url)
        #expect(two.status == 64 && two.error.contains("--hints is for one photograph"))
        #expect(try scratch.files().count == 4)
    }

    @Test("A network that does not listen says so; one that does follows hints and palettes")
    func listening() throws {
        let heard = Self.local.replacing("true", with: "false")
        try write(heard, as: "h.json")
        let deaf = try Program.run("a.tif", "--hints", "h.json", in: scratch.url)
        #expect(deaf.status == 1)
        #expect(deaf.error.contains("a.tif: the model autochrome"), "\(deaf.error)")
        #expect(deaf.error.contains("listens to no hints and no palettes"), "\(deaf.error)")
        #expect(!scratch.exists("a.color.tif"))
        try ListeningModel.write(to: scratch.path("m.safetensors"))
        func color(_ output: String, _ arguments: String...) throws -> Data {
            let result = try Program.run(
                arguments: ["a.tif", "--model", "m.safetensors", "-o", output] + arguments,
                in: scratch.url)
            #expect(result.status == 0, "\(result.error)")
            return try Data(scratch.read(output).prefix(90 * 60 * 3))
        }
        let plain = try color("plain.tif")
        #expect(try color("heard.tif", "--hints", "h.json") != plain)
        try expectRed("heard.tif")
        try scratch.write(TestPhoto.colored(width: 64, height: 64), as: "ref.tif")
        let like = try color("like.tif", "--like", "ref.tif", "--save-palette", "p.json")
        #expect(like != plain)
        #expect(try color("kept.tif", "--palette", "p.json") == like)
        // The command line goes before the file of hints, that before --like.
        try write(
            ##"{"version": 1, "palette": [{"color": "#ff0000", "share": 1}]}"##, as: "red.json")
        let red = try color("red.tif", "--hints", "red.json")
        #expect(red != like)
        #expect(try color("r2.tif", "--hints", "red.json", "--like", "ref.tif") == red)
        #expect(try color("p2.tif", "--hints", "red.json", "--palette", "p.json") == like)
    }

    @Test("--like takes photographs in colour, --save-palette what --like gives")
    func palettes() throws {
        let grey = try Program.run("a.tif", "--like", "a.tif", in: scratch.url)
        #expect(grey.status == 1)
        #expect(grey.error.hasPrefix("a.tif: not in colour;"), "\(grey.error)")
        #expect(try Program.run("a.tif", "--save-palette", "p", in: scratch.url).status == 64)
        try write(Self.local, as: "h.json")
        let none = try Program.run("a.tif", "--palette", "h.json", in: scratch.url)
        #expect(none.status == 1 && none.error == "h.json: palette is missing.\n")
    }
}
