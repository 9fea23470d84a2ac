import Foundation
import Testing

/// What a film says of its codes: primaries, transfer, matrix, range.
@Suite struct FilmColorTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func color(_ arguments: String...) throws -> Program.Result {
        let result = try Program.run(
            arguments: arguments + ["--detail", "64"], in: scratch.url)
        try #require(result.status == 0, "\(arguments): \(result.error)")
        return result
    }

    private func colors(of name: String) throws -> [String] {
        let entries = ["color_primaries", "color_transfer", "color_space", "color_range"]
        return try entries.map { try TestFilm.facts("stream=\($0)", of: name, in: scratch) }
    }

    /// A film of which every frame says these numbers of ITU-T H.273.
    private func make(_ name: String, primaries: Int, transfer: Int, matrix: Int) throws {
        if !scratch.exists("plain.mp4") {
            try TestFilm.make(
                "plain.mp4", in: scratch, seconds: 0.2, options: ["-c:v", "libx264"])
        }
        let words =
            "colour_primaries=\(primaries):transfer_characteristics=\(transfer)"
            + ":matrix_coefficients=\(matrix)"
        try TestFilm.run(
            "ffmpeg",
            ["-y", "-i", "plain.mp4", "-c", "copy", "-bsf:v", "h264_metadata=\(words)", name],
            in: scratch.url)
    }

    /// What is said where the film says nothing that is known.
    private static let otherwise = ["bt709", "bt709", "smpte170m"]

    private static let matrices = [
        "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "bt2020nc",
    ]

    @Test("Every number that a film may say of its colours", arguments: Array(0...19) + [22, 200])
    func numbers(number: Int) throws {
        try make("film.mp4", primaries: number, transfer: number, matrix: number)
        let result = try color("film.mp4")
        let before = try colors(of: "film.mp4")
        let after = try colors(of: "film.color.mp4")
        #expect(after[3] == "tv")
        for index in 0...1 where before[index] != "ebu3213" {
            let isSaid = !["unknown", "reserved", ""].contains(before[index])
            #expect(after[index] == (isSaid ? before[index] : Self.otherwise[index]), "\(before)")
        }
        let isRead = Self.matrices.contains(before[2])
        #expect(after[2] == (isRead ? before[2] : Self.otherwise[2]))
        let isForeign = !isRead && !["unknown", "reserved", ""].contains(before[2])
        #expect(result.error.contains("its matrix is called \(before[2])") == isForeign)
        if before[0] == "ebu3213" {
            #expect(after[0] == "unknown")
            #expect(result.error.contains("its primaries (ebu3213) are not written"))
        }
    }

    @Test(
        "Old PAL and NTSC keep what they say in every codec",
        arguments: [
            ("hevc", "out.mp4"), ("av1", "out.mkv"), ("ffv1", "out.mkv"), ("prores", "out.mov"),
        ], [4, 5])
    func codecs(form: (codec: String, output: String), number: Int) throws {
        try make("film.mp4", primaries: number, transfer: number, matrix: number)
        try color("film.mp4", "-o", form.output, "--codec", form.codec)
        #expect(
            try colors(of: form.output)
                == (number == 4
                    ? ["bt470m", "bt470m", "fcc", "tv"] : ["bt470bg", "bt470bg", "bt470bg", "tv"]))
    }

    @Test(
        "A full range stays, or becomes video's where the file cannot say it",
        arguments: [
            ("h264", "out.mp4", "pc"), ("hevc", "out.mkv", "pc"), ("ffv1", "out.mkv", "pc"),
            ("ffv1", "out.mov", "unknown"), ("prores", "out.mov", "tv"),
        ])
    func fullRange(codec: String, output: String, range: String) throws {
        try TestFilm.run(
            "ffmpeg",
            [
                "-f", "lavfi", "-i", "color=0x808080:s=160x120:d=0.2", "-vf",
                "scale=out_range=pc,format=yuv420p", "-color_range", "pc", "-c:v", "ffv1",
                "film.mkv",
            ], in: scratch.url)
        #expect(try TestFilm.facts("stream=color_range", of: "film.mkv", in: scratch) == "pc")
        try color("film.mkv", "-o", output, "--codec", codec, "--saturation", "0")
        #expect(try TestFilm.facts("stream=color_range", of: output, in: scratch) == range)
        // As ffmpeg shows it: R'G'B' of 128.
        let shown = try TestFilm.frames(output, "rgb24", in: scratch)
        #expect(abs(Int(shown[shown.count / 2]) - 128) <= 2, "\(shown[shown.count / 2])")
    }

    @Test("Grey of limited range, as HEVC and AV1 have it, is black at 16")
    func greyRange() throws {
        try TestFilm.run(
            "ffmpeg",
            [
                "-f", "lavfi", "-i", "color=0x101010:s=160x120:d=0.2", "-pix_fmt", "gray", "-c:v",
                "libx265", "-x265-params", "log-level=error:lossless=1", "full.mp4",
            ], in: scratch.url)
        try TestFilm.run(
            "ffmpeg",
            [
                "-i", "full.mp4", "-c", "copy", "-bsf:v", "hevc_metadata=video_full_range_flag=0",
                "film.mp4",
            ], in: scratch.url)
        let facts = try TestFilm.facts("stream=pix_fmt,color_range", of: "film.mp4", in: scratch)
        try #require(facts == "gray,tv")
        for (name, code) in [("film.mp4", 16), ("full.mp4", 30)] {
            try color(
                name, "-o", "out-\(name).mkv", "--codec", "ffv1", "--pixel-format", "yuv420p",
                "--saturation", "0")
            let codes = try TestFilm.frames("out-\(name).mkv", "yuv420p", in: scratch)
            #expect(abs(Int(codes[160 * 60 + 80]) - code) <= 1, "\(name): \(codes[160 * 60 + 80])")
        }
    }

    @Test(
        "--deinterlace makes frames of one moment, as ffmpeg's bwdif does",
        arguments: [("interleave_top", "1", "tff"), ("interleave_bottom", "0", "bff")])
    func deinterlace(mode: String, top: String, parity: String) throws {
        try TestFilm.run(
            "ffmpeg",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x120:r=50:d=0.8", "-vf",
                "format=gray,format=yuv420p,tinterlace=\(mode)", "-c:v", "libx264", "-crf", "1",
                "-flags", "+ildct+ilme", "-top", top, "film.mkv",
            ], in: scratch.url)
        let plain = try color("film.mkv", "-o", "plain.mkv", "--codec", "ffv1")
        #expect(plain.error.contains("it is interlaced"), "\(plain.error)")
        let result = try color(
            "film.mkv", "-o", "out.mkv", "--codec", "ffv1", "--pixel-format", "yuv420p",
            "--saturation", "0", "--deinterlace")
        #expect(!result.error.contains("interlaced"), "\(result.error)")
        let filter = "bwdif=mode=send_frame:parity=\(parity):deint=all"
        let expected = try TestFilm.frames("film.mkv", "gray", in: scratch, filter: filter)
        #expect(try TestFilm.frames("out.mkv", "gray", in: scratch) == expected)
        #expect(
            try TestFilm.times("out.mkv", in: scratch) == TestFilm.times("film.mkv", in: scratch))
    }
}
