import Foundation
import Testing

/// How long films last: until the end of their last frame.
@Suite struct FilmLengthTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func color(_ arguments: String...) throws -> Program.Result {
        let result = try Program.run(
            arguments: arguments + ["--detail", "64"], in: scratch.url)
        try #require(result.status == 0, "\(result.error)")
        return result
    }

    /// A grey film without sound, of 12 frames a second.
    private func make(_ name: String, frames: Int, options: [String] = []) throws {
        try TestFilm.run(
            "ffmpeg",
            [
                "-y", "-f", "lavfi", "-i", "testsrc2=s=64x48:r=12", "-frames:v", "\(frames)", "-vf",
                "format=gray", "-pix_fmt", "yuv420p",
            ] + options + [name], in: scratch.url)
    }

    /// `slide.mp4` of two frames: one for 2 s, one for 5 s.
    private func makeSlides() throws {
        try make("plain.mp4", frames: 2, options: ["-bf", "0"])
        try TestFilm.run(
            "ffmpeg",
            [
                "-i", "plain.mp4", "-c", "copy", "-bsf:v",
                "setts=ts=24*TS:duration=if(eq(N\\,1)\\,5/TB\\,2/TB)", "slide.mp4",
            ], in: scratch.url)
    }

    @Test(
        "A film of one frame, and one whose last segment is of one frame, keep their length",
        arguments: [1, 2, 241], ["mp4", "mov", "mkv"])
    func lastFrame(frames: Int, container: String) throws {
        try make("film.mp4", frames: frames)
        let output = "out.\(container)"
        try color("film.mp4", "-o", output)
        let end = try TestFilm.end(of: output, in: scratch)
        // Headers round to milliseconds, up or down.
        #expect(abs(end - Double(frames) / 12) < 1.1e-3, "\(end)")
        #expect(try TestFilm.times(output, in: scratch).count == frames)
    }

    @Test(
        "A last frame that is held longer than those before still is, and is no damage",
        arguments: ["mp4", "mov", "mkv"], ["mp4", "mkv"])
    func held(container: String, source: String) throws {
        try makeSlides()
        #expect(abs(try TestFilm.end(of: "slide.mp4", in: scratch) - 7) < 1e-3)
        try TestFilm.run(
            "ffmpeg", ["-i", "slide.mp4", "-c", "copy", "film.\(source)"], in: scratch.url)
        let output = "out.\(container)"
        let result = try color("film.\(source)", "-o", output)
        #expect(!result.error.contains("damaged"), "\(result.error)")
        #expect(try TestFilm.times(output, in: scratch) == [0, 2])
        let end = try TestFilm.end(of: output, in: scratch)
        #expect(abs(end - 7) < 1.1e-3, "\(end)")
    }

    @Test(
        "--duration ends in the midst of a frame that is held",
        arguments: ["mp4", "mkv"])
    func part(container: String) throws {
        try makeSlides()
        for duration in [1.5, 4.0] {
            let output = "out\(duration).\(container)"
            let result = try color("slide.mp4", "-o", output, "--duration", "\(duration)")
            #expect(!result.error.contains("damaged"), "\(result.error)")
            let end = try TestFilm.end(of: output, in: scratch)
            #expect(abs(end - duration) < 1.1e-3, "\(end)")
        }
    }

    @Test("An interlaced film is said to become progressive, once; another is not")
    func interlaced() throws {
        try make(
            "film.mp4", frames: 4,
            options: ["-c:v", "libx264", "-flags", "+ildct+ilme", "-x264-params", "tff=1"])
        let told = try color("film.mp4").error
        #expect(told.components(separatedBy: "film.mp4: it is interlaced").count == 2, "\(told)")
        try make("other.mp4", frames: 4)
        #expect(try !color("other.mp4").error.contains("interlaced"))
    }
}
