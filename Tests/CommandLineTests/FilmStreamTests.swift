import Foundation
import Testing

/// What a film has besides its pictures: sound, subtitles, chapters, fonts, tags.
@Suite struct FilmStreamTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @discardableResult
    private func color(_ arguments: String...) throws -> Program.Result {
        let result = try Program.run(
            arguments: arguments + ["--detail", "64"], in: scratch.url)
        try #require(result.status == 0, "\(result.error)")
        return result
    }

    @Test(
        "Sounds, subtitles, chapters, fonts and tags of a film are in its result as they were",
        arguments: [
            (
                "film.mkv",
                ["-c:a:0", "flac", "-c:a:1", "pcm_s16le", "-c:s:0", "srt", "-c:s:1", "ass"],
                ["a:0", "a:1", "s:0", "s:1", "t"]
            ),
            ("film.mp4", ["-c:a", "aac", "-c:s", "mov_text"], ["a:0", "a:1", "s:0", "s:1"]),
            ("film.mov", ["-c:a", "alac", "-c:s", "mov_text"], ["a:0", "a:1", "s:0", "s:1"]),
        ])
    func kept(name: String, codecs: [String], streams: [String]) throws {
        try make(name, codecs)
        let result = try color(name)
        #expect(!result.error.contains("its "), "\(result.error)")
        let output = result.results[0]
        #expect(
            try TestFilm.times(output, in: scratch) == TestFilm.times(name, in: scratch))
        for stream in streams where stream != "t" {
            let before = try TestFilm.packets(name, stream: stream, in: scratch)
            #expect(!before.isEmpty)
            #expect(try TestFilm.packets(output, stream: stream, in: scratch) == before)
        }
        for entries in [
            "chapter=start_time,end_time:chapter_tags=title",
            "stream=codec_name,start_time:stream_tags=language,title,filename,mimetype"
                + ":stream_disposition=default,forced,comment",
            "format_tags=title,artist,date,creation_time",
        ] {
            let before = try TestFilm.list(entries, of: name, in: scratch)
            let after = try TestFilm.list(entries, of: output, in: scratch)
            #expect(!before.isEmpty)
            // Tags have no order.
            #expect(
                after.map { $0.split(separator: "|").sorted() }
                    == before.map { $0.split(separator: "|").sorted() })
        }
    }

    @Test("What a container does not hold is changed or left out, and that is said")
    func changed() throws {
        try make("film.mkv", ["-c:a:0", "aac", "-c:a:1", "adpcm_ms", "-c:s:0", "srt"])
        let result = try color("film.mkv", "-o", "out.mp4")
        for sentence in [
            "film.mkv: its audio (adpcm_ms) becomes aac",
            "film.mkv: its subtitle (subrip) becomes mov_text",
            "film.mkv: its subtitle (ass) becomes mov_text",
            "film.mkv: its attachment is left out",
        ] {
            #expect(result.error.contains(sentence), "\(result.error)")
        }
        #expect(!result.error.contains("its audio (aac)"), "\(result.error)")
        let streams = try TestFilm.list(
            "stream=codec_name:stream_tags=language", of: "out.mp4", in: scratch)
        #expect(
            streams.prefix(5) == [
                "codec_name=h264|tag:language=und", "codec_name=aac|tag:language=fra",
                "codec_name=aac|tag:language=deu", "codec_name=mov_text|tag:language=eng",
                "codec_name=mov_text|tag:language=deu",
            ])
        #expect(
            try TestFilm.packets("out.mp4", stream: "a:0", in: scratch)
                == TestFilm.packets("film.mkv", stream: "a:0", in: scratch))
    }

    @Test("A cover stays a cover, and is not taken for the film")
    func cover() throws {
        try TestFilm.make("plain.mp4", in: scratch, seconds: 0.4)
        try TestFilm.run(
            "ffmpeg",
            [
                "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "cover.png",
            ], in: scratch.url)
        try TestFilm.run(
            "ffmpeg",
            [
                "-i", "cover.png", "-i", "plain.mp4", "-map", "1", "-map", "0", "-c", "copy",
                "-disposition:v:1", "attached_pic", "film.mp4",
            ], in: scratch.url)
        try color("film.mp4")
        let pictures = try TestFilm.list(
            "stream=codec_name:stream_disposition=attached_pic", of: "film.color.mp4", in: scratch)
        #expect(pictures.contains("codec_name=png|disposition:attached_pic=1"), "\(pictures)")
        #expect(
            try TestFilm.packets("film.color.mp4", stream: "v:1", in: scratch)
                == TestFilm.packets("film.mp4", stream: "v:1", in: scratch))
        // Matroska has it as a file, of which ffprobe makes a picture again.
        let other = try color("film.mp4", "-o", "out.mkv")
        #expect(!other.error.contains("cover"), "\(other.error)")
        try color("out.mkv", "-o", "again.mkv")
        try color("out.mkv", "-o", "back.mp4")
        for name in ["out.mkv", "again.mkv", "back.mp4"] {
            #expect(
                try TestFilm.packets(name, stream: "v:1", in: scratch)
                    == TestFilm.packets("film.mp4", stream: "v:1", in: scratch))
        }
        let tags = try TestFilm.list("stream_tags=filename,mimetype", of: "again.mkv", in: scratch)
        #expect(tags.contains("tag:filename=cover.png|tag:mimetype=image/png"), "\(tags)")
        #expect(try color("film.mp4", "-o", "out.mov").error.contains("its cover picture (png)"))
    }

    @Test("Covers stand behind fonts, each under its name")
    func coverAmongFonts() throws {
        try make("plain.mkv", ["-c:s", "srt"])
        try TestFilm.run(
            "ffmpeg", ["-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "front.jpg"],
            in: scratch.url)
        try TestFilm.run(
            "ffmpeg",
            [
                "-i", "plain.mkv", "-map", "0", "-c", "copy", "-attach", "front.jpg",
                "-metadata:s:t:1", "mimetype=image/jpeg", "film.mkv",
            ], in: scratch.url)
        try color("film.mkv", "-o", "out.mkv")
        let entries = "stream=codec_name:stream_tags=filename,mimetype"
        let before = try TestFilm.list(entries, of: "film.mkv", in: scratch)
        #expect(before.contains { $0.contains("front.jpg") })
        #expect(
            try TestFilm.list(entries, of: "out.mkv", in: scratch).dropFirst()
                == before.dropFirst())
    }

    @Test(
        "--start and --duration cut sound, subtitles and chapters where they cut the pictures",
        arguments: ["film.mp4", "film.mkv"])
    func part(name: String) throws {
        try make(name, name == "film.mp4" ? ["-c:s", "mov_text"] : ["-c:s", "srt"])
        let output = "out." + (name.split(separator: ".").last ?? "")
        try color(name, "-o", output, "--start", "0.6", "--duration", "1.2")
        #expect(
            try TestFilm.list(
                "chapter=start_time,end_time:chapter_tags=title", of: output, in: scratch) == [
                    "start_time=0.000000|end_time=0.400000|tag:title=First",
                    "start_time=0.400000|end_time=1.200000|tag:title=Second",
                ])
        let pictures = try TestFilm.times(output, in: scratch)
        let expected = try TestFilm.times(name, in: scratch).map { $0 - 0.6 }
            .filter { $0 > -1e-4 && $0 < 1.2 - 1e-4 }
        #expect(pictures.count == 30 && expected.count == 30)
        #expect(zip(pictures, expected).allSatisfy { abs($0 - $1) < 1e-3 }, "\(pictures)")
        let sound = try TestFilm.times(output, in: scratch, stream: "a:0")
        #expect((sound.first ?? -1) >= 0 && (sound.first ?? 1) < 0.03, "\(sound)")
        #expect((sound.last ?? 0) > 1.15 && (sound.last ?? 2) < 1.2, "\(sound)")
        let words = try TestFilm.times(output, in: scratch, stream: "s:0")
        #expect(words.contains { abs($0 - 0.9) < 0.01 }, "\(words)")
    }

    @Test("Pictures that begin after the sound still do")
    func late() throws {
        try TestFilm.make("plain.mkv", in: scratch, seconds: 1)
        try TestFilm.run(
            "ffmpeg",
            [
                "-itsoffset", "0.48", "-i", "plain.mkv", "-i", "plain.mkv", "-map", "0:v", "-map",
                "1:a", "-c", "copy", "film.mkv",
            ], in: scratch.url)
        for (output, tolerance) in [("film.color.mkv", 1e-6), ("out.mp4", 1e-3)] {
            try color("film.mkv", "-o", output)
            let expected = try TestFilm.times("film.mkv", in: scratch)
            let times = try TestFilm.times(output, in: scratch)
            #expect((expected.first ?? 0) > 0.4 && times.count == expected.count)
            #expect(zip(times, expected).allSatisfy { abs($0 - $1) < tolerance }, "\(times)")
            #expect(
                try TestFilm.packets(output, stream: "a", in: scratch)
                    == TestFilm.packets("film.mkv", stream: "a", in: scratch))
        }
    }
}

extension FilmStreamTests {
    /// Two seconds of film with two sounds and two subtitles, chapters and tags; in Matroska with
    /// a font.
    private func make(_ name: String, _ options: [String]) throws {
        try scratch.write(Data(Self.words.utf8), as: "words.srt")
        try scratch.write(Data(Self.facts.utf8), as: "facts.txt")
        try scratch.write(Data(repeating: 7, count: 900), as: "font.ttf")
        var arguments = [
            "-f", "lavfi", "-i", "testsrc2=s=64x48:d=2,format=gray", "-f", "lavfi", "-i",
            "sine=d=2", "-f", "lavfi", "-i", "sine=f=880:d=2", "-i", "words.srt", "-i",
            "facts.txt", "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "3",
            "-map_metadata", "4", "-map_chapters", "4", "-pix_fmt", "yuv420p",
            "-metadata:s:a:0", "language=fra", "-metadata:s:a:1", "language=deu",
            "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=deu",
            "-disposition:v", "default", "-disposition:a:0", "0", "-disposition:a:1", "default",
            "-disposition:s:0", "0", "-disposition:s:1", "default",
        ]
        if name.hasSuffix("mkv") {
            arguments += [
                "-attach", "font.ttf", "-metadata:s:t", "mimetype=font/ttf",
                "-metadata:s:a:1", "title=Commentary",
            ]
        }
        try TestFilm.run("ffmpeg", ["-y"] + arguments + options + [name], in: scratch.url)
        for helper in ["words.srt", "facts.txt", "font.ttf"] {
            try FileManager.default.removeItem(atPath: scratch.path(helper))
        }
    }

    private static let words = """
        1
        00:00:00,200 --> 00:00:01,000
        Once upon a time

        2
        00:00:01,500 --> 00:00:01,900
        in colour

        """

    private static let facts = """
        ;FFMETADATA1
        title=A walk
        artist=Somebody
        date=1907
        creation_time=1907-06-10T12:00:00.000000Z
        [CHAPTER]
        TIMEBASE=1/1000
        START=0
        END=1000
        title=First
        [CHAPTER]
        TIMEBASE=1/1000
        START=1000
        END=2000
        title=Second

        """
}
