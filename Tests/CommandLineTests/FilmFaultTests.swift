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
            ("none.mp4", "there is no such file"),
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
        // An ffmpeg that lists no encoders.
        try scratch.makeFolder("bin")
        let script = """
            #!/bin/sh
            case "$*" in *-encoders*) echo none ;; *-version*) echo ffmpeg version 0 ;; esac

            """
        try scratch.write(Data(script.utf8), as: "bin/ffmpeg")
        chmod(scratch.path("bin/ffmpeg"), 0o755)
        let path = scratch.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let encoder = try run("film.mp4", environment: ["PATH": path])
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
            (["photo.tif", "--codec", "hevc"], "there is none among the inputs"),
            (["film.mp4", "--quality", "80"], "films have --codec and --crf"),
            (["film.mp4", "--codec", "ffv1", "--crf", "3"], "--crf says nothing about FFV1"),
            (["film.mp4", "--crf", "99"], "it goes from 0 to 51"),
            (["film.mp4", "-o", "out.jpg"], "one of them is a film"),
            (["film.mp4", "--start", "-1"], "--start"),
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
        #expect(result.status == 0 && result.error.contains("1 were done before"))
        #expect(try scratch.read("film.color.mp4") == Data("mine".utf8))
        #expect(try run("film.mp4", "-o", "film.mp4").status == 64)
        #expect(try run("film.mp4", "--overwrite", "--detail", "64").status == 0)
        #expect(try scratch.read("film.color.mp4").count > 1000)
        #expect(try scratch.read("film.mp4") == source)
    }
}
