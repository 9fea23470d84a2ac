import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Films that are not what they should be, and what stops their colouring.
@Suite struct FilmFaultTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws
        -> Program.Result
    {
        try Program.run(arguments: arguments, in: scratch.url, environment: environment)
    }

    @Test("Sound alone, text, nothing and no file at all are told apart, and leave no result")
    func notFilms() throws {
        try TestFilm.run(
            "ffmpeg", ["-f", "lavfi", "-i", "sine=d=1", "sound.mp4"], in: scratch.url)
        try scratch.write(Data("a letter".utf8), as: "text.mp4")
        try scratch.write(Data(), as: "empty.mkv")
        for (name, reason) in [
            ("sound.mp4", "there is no picture in it, only audio"),
            ("text.mp4", "ffmpeg cannot read it"), ("empty.mkv", "ffmpeg cannot read it"),
            ("none.mp4", "no such file"),
        ] {
            let result = try run(name)
            #expect(result.status == 1)
            #expect(result.error.contains("\(name): \(reason)"), "\(result.error)")
        }
        #expect(try scratch.files() == ["empty.mkv", "sound.mp4", "text.mp4"])
    }

    @Test("A film without frames, and a beginning past its end, are said")
    func noFrames() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.2)
        try TestFilm.make("none.mkv", in: scratch, seconds: 0.2, filter: "select=0")
        for arguments in [["film.mp4", "--start", "50"], ["none.mkv"]] {
            let result = try Program.run(arguments: arguments, in: scratch.url)
            #expect(result.status == 1)
            #expect(result.error.contains("not one frame can be read"), "\(result.error)")
        }
        #expect(try scratch.files() == ["film.mp4", "none.mkv"])
    }

    @Test("--crf with an encoder that has no rate factor is refused")
    func noRateFactor() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.2)
        let path = try path(ffmpeg: "echo ' V....D libopenh264 OpenH264 H.264'")
        let result = try run("film.mp4", "--crf", "20", environment: ["PATH": path])
        #expect(result.status == 1)
        #expect(result.error.contains("libopenh264, takes no rate factor"), "\(result.error)")
    }

    @Test("A decoder that is killed without a word is not taken for the end of the film")
    func killedDecoder() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.4)
        let path = try path(
            ffmpeg: """
                PATH=${PATH#*:}
                case "$*" in *rawvideo*"-f nut pipe:1") ffmpeg "$@"; kill -9 $$ ;; esac
                exec ffmpeg "$@"
                """)
        let result = try run("film.mp4", "--detail", "64", environment: ["PATH": path])
        #expect(result.status == 0)
        #expect(result.error.contains("film.mp4: 10 frames could be read"), "\(result.error)")
        #expect(result.error.contains("ffmpeg failed without a word"), "\(result.error)")
    }

    @Test("A subtitle that outlasts the pictures is no damage")
    func longSubtitle() throws {
        try TestFilm.make("plain.mkv", in: scratch, size: "64x48", seconds: 2)
        let words = "1\n00:00:00,200 --> 00:00:09,000\nThe end\n\n"
        try scratch.write(Data(words.utf8), as: "words.srt")
        try TestFilm.run(
            "ffmpeg",
            [
                "-i", "plain.mkv", "-i", "words.srt", "-map", "0", "-map", "1", "-c", "copy",
                "film.mkv",
            ], in: scratch.url)
        let result = try run("film.mkv", "--detail", "64")
        #expect(result.status == 0)
        #expect(!result.error.contains("damaged"), "\(result.error)")
        #expect(try TestFilm.times("film.color.mkv", in: scratch).count == 50)
    }

    @Test("Names that are not UTF-8, and names as long as names can be, are those of films, too")
    func names() throws {
        try scratch.makeFolder("in")
        try TestFilm.make("in/film.mkv", in: scratch, size: "64x48", seconds: 0.2)
        let long = String(repeating: "x", count: 246) + ".mkv"
        let result = try run("in/film.mkv", "-o", long, "--detail", "64")
        #expect(result.status == 0 && scratch.exists(long), "\(result.error)")

        func path(_ folder: String) -> [CChar] {
            let bytes = Array((scratch.path(folder) + "/caf").utf8) + [0xE9] + Array(".mkv".utf8)
            return (bytes + [0]).map { CChar(bitPattern: $0) }
        }
        try #require(rename(scratch.path("in/film.mkv"), path("in")) == 0)
        defer { for folder in ["in", "out"] { unlink(path(folder)) } }
        let other = try run("in", "-o", "out", "--detail", "64")
        #expect(other.status == 0, "\(other.error)")
        #expect(access(path("out"), F_OK) == 0)
    }

    @Test("A film whose end is cut off is coloured as far as it goes, which is said")
    func brokenTail() throws {
        try TestFilm.make(
            "whole.mp4", in: scratch, seconds: 4,
            options: ["-movflags", "+faststart", "-g", "10", "-b:v", "400k"])
        try scratch.write(try scratch.read("whole.mp4").prefix(120_000), as: "film.mp4")
        let result = try run("film.mp4", "--detail", "64")
        #expect(result.status == 0)
        #expect(result.error.contains("the film is damaged"), "\(result.error)")
        let count = try TestFilm.times("film.color.mp4", in: scratch).count
        #expect(count > 5 && count < 100, "\(count)")
        #expect(result.error.contains("\(count) frames could be read"))
    }

    @Test("Without ffmpeg in PATH it is said what to install")
    func noProgram() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.2)
        let result = try run("film.mp4", environment: ["PATH": scratch.url.path])
        #expect(result.status == 1)
        #expect(result.error.contains("ffprobe is not in PATH"), "\(result.error)")
        #expect(result.error.contains("Install ffmpeg"))
    }

    @Test("An encoder or a pixel format that ffmpeg lacks, and a container that does not fit")
    func lacking() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.2)
        let none = try path(
            ffmpeg: """
                case "$*" in *-encoders*) echo none ;; *-version*) echo ffmpeg version 0 ;; esac
                """)
        let encoder = try run("film.mp4", environment: ["PATH": none])
        #expect(encoder.error.contains("has no encoder for H.264"), "\(encoder.error)")
        let format = try run("film.mp4", "--pixel-format", "rgb555le")
        #expect(format.error.contains("H.264 takes yuv420p"), "\(format.error)")
        let container = try run("film.mp4", "--codec", "ffv1", "-o", "out.mp4")
        #expect(container.error.contains("FFV1 goes into mkv, mov"), "\(container.error)")
        #expect([encoder, format, container].allSatisfy { $0.status == 1 })
        #expect(!scratch.exists("out.mp4") && !scratch.exists("film.color.mp4"))
    }

    @Test(
        "Options that cannot take effect are refused",
        arguments: [
            (["photo.tif", "--codec", "hevc"], "the inputs contain none"),
            (["film.mp4", "--quality", "80"], "films have --codec and --crf"),
            (["film.mp4", "--codec", "ffv1", "--crf", "3"], "--crf says nothing about FFV1"),
            (["film.mp4", "--crf", "99"], "it goes from 0 to 51"),
            (["film.mp4", "-o", "out.jpg"], "one is a film and the other is not"),
            (["film.mp4", "--start", "-1"], "--start"),
            (["film.mp4", "--start", "1e13"], "seconds from 0 to 10000000000"),
            (["film.mp4", "--duration", "1e13"], "seconds above 0, to 10000000000"),
        ])
    func usage(arguments: [String], sentence: String) throws {
        try scratch.write(Data("x".utf8), as: "film.mp4")
        try scratch.write(TestPhoto.grey(width: 32, height: 32), as: "photo.tif")
        let result = try Program.run(arguments: arguments, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains(sentence), "\(result.error)")
    }

    @Test(
        "A full disk is said, and nothing stands under the final name",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func fullDisk() throws {
        try TestFilm.make("film.mp4", in: scratch, size: "320x240", seconds: 4)
        let disk = try SmallDisk("small", size: "300k", in: scratch)
        defer { extendLifetime(disk) }
        let result = try run("film.mp4", "-o", "small/film.mp4", "--crf", "0", "--detail", "64")
        #expect(result.status == 1)
        #expect(result.error.contains("cannot be written"), "\(result.error)")
        #expect(result.error.contains("space"), "\(result.error)")
        #expect(!scratch.exists("small/film.mp4"))
    }

    @Test("An existing result is kept unless --overwrite, and the film itself is never written")
    func kept() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.4)
        let source = try scratch.read("film.mp4")
        try scratch.write(Data("mine".utf8), as: "film.color.mp4")
        let result = try run("film.mp4", "--detail", "64")
        #expect(result.status == 0 && result.error.contains("1 already done"))
        #expect(try scratch.read("film.color.mp4") == Data("mine".utf8))
        #expect(try run("film.mp4", "-o", "film.mp4").status == 64)
        #expect(try run("film.mp4", "--overwrite", "--detail", "64").status == 0)
        #expect(try scratch.read("film.color.mp4").count > 1000)
        #expect(try scratch.read("film.mp4") == source)
    }
}

extension FilmFaultTests {
    /// A PATH in which a script stands before ffmpeg.
    private func path(ffmpeg script: String) throws -> String {
        try scratch.makeFolder("bin")
        try scratch.write(Data("#!/bin/sh\n\(script)\n".utf8), as: "bin/ffmpeg")
        chmod(scratch.path("bin/ffmpeg"), 0o755)
        return scratch.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    }
}
