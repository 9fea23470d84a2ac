import Autochrome
import Foundation
import Testing

/// `autochrome stills`.
@Suite struct StillsCommandTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Two shots of 12 frames, with black before them that the first fades in from.
    private func makeFilm(_ name: String, options: [String] = []) throws {
        let shots =
            "testsrc2=s=160x120:r=30000/1001,format=gray,trim=end_frame=12,fade=in:0:6[a];"
            + "mandelbrot=s=160x120:r=30000/1001,format=gray,negate,trim=end_frame=12[b];"
            + "[a][b]concat=n=2,format=yuv420p[v]"
        try TestFilm.run(
            "ffmpeg", ["-y", "-filter_complex", shots, "-map", "[v]"] + options + [name],
            in: scratch.url)
    }

    private func stills(_ arguments: String...) throws -> Program.Result {
        let result = try Program.run(arguments: ["stills"] + arguments, in: scratch.url)
        try #require(result.status == 0, "\(result.error)")
        return result
    }

    /// The moment that a still's name says.
    private func moment(_ name: String) throws -> FilmMoment {
        let time = name.split(separator: "/").last?.dropFirst("film.".count).dropLast(".png".count)
        return try #require(FilmMoment(name: String(time ?? "")))
    }

    @Test(
        "Each shot has a still, which is the very frame that its name says",
        arguments: [("film.mp4", []), ("film.mkv", ["-c:v", "ffv1"])])
    func frames(film: String, options: [String]) throws {
        try makeFilm(film, options: options)
        let names = try stills(film, "-o", "out").results
        try #require(names.count == 2)
        let times = try TestFilm.times(film, in: scratch).map { Int64(($0 * 1e6).rounded()) }
        let film = try TestFilm.frames(film, "yuv420p", in: scratch)
        let count = 160 * 120
        for (name, shot) in zip(names, [6..<12, 12..<24]) {
            let moment = try moment(name).microseconds
            let index = try #require(times.firstIndex(of: moment))
            #expect(shot.contains(index))
            let codes = film[index * count * 3 / 2..<index * count * 3 / 2 + count]
            let expected = codes.map { code in
                UInt8((min(max((Double(code) - 16) / 219, 0), 1) * 255).rounded())
            }
            let pixels = try TestFilm.frames(name, "rgb24", in: scratch)
            #expect(stride(from: 0, to: pixels.count, by: 3).map { pixels[$0] } == expected)
        }
    }

    @Test("Stills are there as the film is shown: upright, with square pixels")
    func shape() throws {
        try makeFilm("wide.mp4", options: ["-aspect", "8:3"])
        try TestFilm.run(
            "ffmpeg", ["-i", "wide.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90", "film.mp4"],
            in: scratch.url)
        let name = try #require(try stills("film.mp4", "-o", "out").results.first)
        let size = try TestFilm.facts("stream=width,height", of: name, in: scratch)
        #expect(size == "120,320")
    }

    @Test("Stills that are there are kept and counted, unless --overwrite")
    func kept() throws {
        try makeFilm("film.mp4")
        let names = try stills("film.mp4", "-o", "out").results
        let whole = try scratch.read(names[0])
        try scratch.write(Data("mine".utf8), as: names[0])
        let again = try stills("film.mp4", "-o", "out")
        #expect(again.results.isEmpty)
        #expect(again.error.contains("0 stills taken, 2 already there."))
        #expect(try scratch.read(names[0]) == Data("mine".utf8))
        #expect(try stills("film.mp4", "-o", "out", "--overwrite").results == names)
        #expect(try scratch.read(names[0]) == whole)
        #expect(try scratch.files() == ["film.mp4"] + names)
    }

    #if os(Linux)
        @Test("Stills of a film whose name is not UTF-8 have its bytes")
        func bytes() throws {
            try makeFilm("film.mp4")
            let script = #"""
                name=$(printf 'caf\351')
                mv film.mp4 "$name.mp4"
                "$0" stills "$name.mp4" -o out || exit
                for still in "out/$name".*.png; do mv "$still" "found${still#out/"$name"}"; done
                """#
            let result = try Program.run(
                URL(filePath: "/bin/sh"), arguments: ["-c", script, Program.url.path],
                in: scratch.url)
            #expect(result.status == 0, "\(result.error)")
            #expect(try scratch.files().count { $0.hasPrefix("found.00h00m") } == 2)
        }
    #endif

    @Test("What cannot be done is said")
    func refusals() throws {
        try scratch.write(Data("no film".utf8), as: "film.mp4")
        let bad = try Program.run("stills", "film.mp4", "-o", "out", in: scratch.url)
        #expect(bad.status == 1)
        #expect(bad.error.contains("film.mp4: ffmpeg cannot read it"))
        let file = try Program.run("stills", "film.mp4", "-o", "film.mp4", in: scratch.url)
        #expect(file.status == 64)
        #expect(file.error.contains("is a file, not a folder"))
        #expect(try scratch.files() == ["film.mp4"])
    }

    @Test(
        "The name of a moment gives the moment back, and no other name does",
        arguments: [0, 1, 33_367, 3_599_999_999, 360_000_000_000, -40_000])
    func names(microseconds: Int64) {
        let moment = FilmMoment(microseconds: microseconds)
        #expect(FilmMoment(name: moment.name) == moment)
        for other in [moment.name + "s", "0" + moment.name, "", "1", "00h00m61.000000s"] {
            #expect(FilmMoment(name: other) == nil)
        }
    }
}
