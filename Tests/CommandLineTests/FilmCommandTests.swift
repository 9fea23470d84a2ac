import Autochrome
import Foundation
import Testing

/// Films, as a user colours them.
@Suite struct FilmCommandTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func color(_ arguments: String...) throws -> Program.Result {
        let result = try Program.run(arguments: arguments, in: scratch.url)
        try #require(result.status == 0, "\(result.error)")
        return result
    }

    @Test("A film becomes film.color.mp4 in colour, with its sound, times and tags")
    func whole() throws {
        try TestFilm.make(
            "film.mp4", in: scratch, rate: "30000/1001", seconds: 2,
            options: ["-metadata", "title=A walk", "-metadata:s:v", "language=fra"])
        let result = try color("film.mp4")
        #expect(result.results == ["film.color.mp4"])
        #expect(
            try TestFilm.times("film.color.mp4", in: scratch)
                == TestFilm.times("film.mp4", in: scratch))
        #expect(
            try TestFilm.packets("film.color.mp4", stream: "a", in: scratch)
                == TestFilm.packets("film.mp4", stream: "a", in: scratch))
        let facts = try TestFilm.facts(
            "stream=codec_name,pix_fmt:format_tags=title:stream_tags=language",
            of: "film.color.mp4", in: scratch)
        for part in ["h264", "yuv420p", "A walk", "fra"] { #expect(facts.contains(part)) }
        let chroma = try TestFilm.frames("film.color.mp4", "yuv444p", in: scratch)
        let count = 160 * 120
        #expect(chroma[count..<3 * count].contains { abs(Int($0) - 128) > 8 })
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
    }

    @Test("Frames that come at odd moments keep them, segment for segment")
    func variableRate() throws {
        // More frames than a segment has, at moments that follow no rate.
        try TestFilm.make(
            "film.mkv", in: scratch, size: "64x48", rate: "50", seconds: 6,
            filter: "format=gray,setpts='N*20+3*mod(N*N,5)',settb=1/1000",
            options: ["-fps_mode", "passthrough", "-enc_time_base", "1/1000"])
        try color("film.mkv", "-o", "out.mp4", "--detail", "64")
        let expected = try TestFilm.times("film.mkv", in: scratch)
        let times = try TestFilm.times("out.mp4", in: scratch)
        #expect(Set(zip(expected.dropFirst(), expected).map { ($0 - $1) * 1000 }).count > 2)
        #expect(times.count == expected.count)
        let worst = zip(times, expected).map { abs($0 - $1) }.max() ?? 1
        #expect(worst < 1e-5, "off by \(worst) s")
    }

    @Test(
        "Lightness is the source's, to a step of the frame's codes",
        arguments: [
            ("yuv444p", 0.35, 1.2), ("yuv444p10le", 0.1, 0.6),
        ])
    func lightness(format: String, mean: Double, most: Double) throws {
        try photographFilm("film.mkv", format: "gray", codec: "ffv1")
        try color(
            "film.mkv", "-o", "out.mkv", "--codec", "ffv1", "--pixel-format", format,
            "--detail", "128")
        let before = try lightness(of: "film.mkv")
        let after = try lightness(of: "out.mkv")
        let differences = zip(before, after).map { Double(abs($0 - $1)) }
        let average = differences.reduce(0, +) / Double(differences.count)
        #expect(average < mean, "\(average)")
        #expect(differences.max() ?? 100 < most, "\(differences.max() ?? 100)")
    }

    @Test("Without colour every code of Y' is the source's own")
    func grey() throws {
        try photographFilm("film.mkv", format: "yuv420p", codec: "ffv1")
        try color(
            "film.mkv", "-o", "out.mkv", "--codec", "ffv1", "--pixel-format", "yuv420p",
            "--saturation", "0", "--detail", "64")
        #expect(
            try TestFilm.frames("out.mkv", "yuv420p", in: scratch)
                == TestFilm.frames("film.mkv", "yuv420p", in: scratch))
    }

    @Test("Smoothing makes colours steady, and --no-smoothing leaves them as they come")
    func steadiness() throws {
        try photographFilm("film.mp4", format: "yuv420p", codec: "libx264", seconds: 1.2)
        try color("film.mp4", "-o", "steady.mp4")
        try color("film.mp4", "-o", "single.mp4", "--no-smoothing")
        let (steady, single) = (try flicker("steady.mp4"), try flicker("single.mp4"))
        #expect(steady < 0.7 * single, "\(steady) \(single)")
    }

    @Test("A rotated film with pixels that are not square is shown as before")
    func shape() throws {
        try TestFilm.make("plain.mp4", in: scratch, options: ["-aspect", "16:9"])
        try TestFilm.run(
            "ffmpeg",
            ["-i", "plain.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90", "film.mp4"],
            in: scratch.url)
        try color("film.mp4", "--detail", "64")
        let facts = try TestFilm.facts(
            "stream=width,height,sample_aspect_ratio", of: "film.color.mp4", in: scratch)
        #expect(facts == "120,160,3:4", "\(facts)")
    }

    @Test("Odd sizes are filled up for yuv420p, which is said, and kept by yuv444p")
    func oddSize() throws {
        try TestFilm.make(
            "film.mkv", in: scratch, size: "200x160",
            filter: "format=gray,crop=161:121:exact=1",
            options: ["-pix_fmt", "gray", "-c:v", "ffv1"])
        let result = try color("film.mkv", "--detail", "64")
        #expect(result.error.contains("161 x 121 is odd"))
        let filled = try TestFilm.facts("stream=width,height", of: "film.color.mkv", in: scratch)
        #expect(filled == "162,122")
        let kept = try color(
            "film.mkv", "-o", "kept.mp4", "--pixel-format", "yuv444p", "--detail", "64")
        #expect(!kept.error.contains("odd"))
        #expect(try TestFilm.facts("stream=width,height", of: "kept.mp4", in: scratch) == "161,121")
    }

    @Test(
        "Codecs and pixel formats",
        arguments: [
            ("hevc", "out.mp4", "hevc,yuv420p"), ("av1", "out.mkv", "av1,yuv420p"),
            ("ffv1", "out.mkv", "ffv1,yuv444p"), ("prores", "out.mov", "prores,yuv422p10le"),
        ])
    func codecs(codec: String, output: String, expected: String) throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 0.4)
        try color("film.mp4", "-o", output, "--codec", codec, "--detail", "64")
        let facts = try TestFilm.facts("stream=codec_name,pix_fmt", of: output, in: scratch)
        #expect(facts == expected)
        #expect(try TestFilm.times(output, in: scratch).count == 10)
    }

    @Test("--start and --duration cut pictures and sound; --compare puts both side by side")
    func part() throws {
        try TestFilm.make("film.mp4", in: scratch, seconds: 3)
        try color(
            "film.mp4", "-o", "part.mp4", "--start", "1", "--duration", "0.8", "--compare",
            "--detail", "64")
        #expect(try TestFilm.times("part.mp4", in: scratch).count == 20)
        let facts = try TestFilm.facts("stream=width,height", of: "part.mp4", in: scratch)
        #expect(facts == "320,120")
        let sound = try TestFilm.facts(
            "stream=duration", of: "part.mp4", in: scratch, stream: "a:0")
        #expect(abs((Double(sound) ?? 0) - 0.8) < 0.1)
        let source = try TestFilm.frames(
            "film.mp4", "gray", in: scratch, filter: "trim=start=1:duration=0.8")
        let left = try TestFilm.frames("part.mp4", "gray", in: scratch, filter: "crop=160:120:0:0")
        let difference = zip(source, left).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(difference) / Double(source.count) < 2)
    }

    @Test("Films are found in folders, beside photographs; those in colour are skipped")
    func folder() throws {
        try scratch.makeFolder("in")
        try TestFilm.make("in/grey.mp4", in: scratch, seconds: 0.4)
        try TestFilm.make("in/colour.mp4", in: scratch, seconds: 0.4, filter: "null")
        try scratch.write(TestPhoto.grey(width: 64, height: 48), as: "in/photo.tif")
        let result = try color("in", "-o", "out", "--detail", "64")
        #expect(Set(result.results) == ["out/grey.mp4", "out/photo.tif"])
        #expect(result.error.contains("1 already in colour"))
        let again = try color("in", "-o", "out", "--detail", "64")
        #expect(again.error.contains("2 already done"))
    }
}

extension FilmCommandTests {
    /// A slow pan over a sample.
    private func photographFilm(
        _ name: String, format: String, codec: String, seconds: Double = 0.4
    ) throws {
        let sample = Program.root.appending(path: "Samples/coffee.jpg").path
        try TestFilm.run(
            "ffmpeg",
            [
                "-y", "-loop", "1", "-i", sample, "-vf",
                "scale=400:-2,format=gray,crop=320:240:x='60*t':y=10", "-t", "\(seconds)", "-r",
                "25", "-pix_fmt", format, "-c:v", codec, name,
            ], in: scratch.url)
    }

    /// L* of all frames, by ffmpeg's own way to R'G'B'.
    private func lightness(of name: String) throws -> [Float] {
        let bytes = try TestFilm.frames(
            name, "rgb48le", in: scratch,
            filter: "scale=sws_flags=accurate_rnd+full_chroma_int+full_chroma_inp")
        let values = stride(from: 0, to: bytes.count, by: 2).map {
            Float(UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8) / 65535
        }
        return Lab.planes(of: values, channels: 3, width: values.count / 3, height: 1)
            .lightness.values
    }

    /// The mean change of chroma codes from frame to frame, of pictures moved back by the pan.
    private func flicker(_ name: String) throws -> Double {
        let (width, height) = (320, 240)
        let bytes = try TestFilm.frames(name, "yuv444p", in: scratch)
        let size = 3 * width * height
        var (sum, count) = (0, 0)
        // The pan moves 12 pixels in 5 frames.
        for frame in 5..<bytes.count / size {
            for plane in 1...2 {
                for y in stride(from: 0, to: height, by: 3) {
                    for x in stride(from: 0, to: width - 12, by: 3) {
                        let place = plane * width * height + y * width + x
                        let now = Int(bytes[frame * size + place])
                        sum += abs(now - Int(bytes[(frame - 5) * size + place + 12]))
                        count += 1
                    }
                }
            }
        }
        return Double(sum) / Double(count)
    }
}
