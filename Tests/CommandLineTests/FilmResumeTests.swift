import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Films that are stopped on their way and taken up again.
@Suite struct FilmResumeTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What tells of whole segments; it appears with the first.
    private static let journal = ".film.color.mp4.segments/work.json"

    /// Stops the program by a signal once a segment is whole; its status and what it said.
    private func stop(by signal: Int32) throws -> (status: Int32, error: String) {
        try TestFilm.make("film.mp4", in: scratch, size: "64x48", seconds: 24)
        let process = Program.process(["film.mp4", "--detail", "64"], in: scratch.url)
        let error = Pipe()
        process.standardError = error
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        while !scratch.exists(Self.journal), process.isRunning { usleep(2000) }
        kill(process.processIdentifier, signal)
        let text = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(!scratch.exists("film.color.mp4"))
        try #require(scratch.exists(Self.journal), "\(text)")
        return (process.terminationStatus, text)
    }

    /// Runs the program; which segments ffmpeg was asked to write.
    private func segments(_ arguments: String...) throws -> [String] {
        try scratch.makeFolder("bin")
        let script = """
            #!/bin/sh
            for last; do :; done
            echo "$last" >> bin/log
            PATH=${PATH#*:} exec ffmpeg "$@"

            """
        try scratch.write(Data(script.utf8), as: "bin/ffmpeg")
        chmod(scratch.path("bin/ffmpeg"), 0o755)
        let path = scratch.path("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let result = try Program.run(
            arguments: ["film.mp4", "--detail", "64"] + arguments, in: scratch.url,
            environment: ["PATH": path])
        #expect(result.status == 0, "\(result.error)")
        let log = String(decoding: try scratch.read("bin/log"), as: UTF8.self)
        try FileManager.default.removeItem(atPath: scratch.path("bin"))
        return log.split(separator: "\n").filter { $0.contains(".segments/") }
            .compactMap { $0.split(separator: "/").last.map { String($0) } }.sorted()
    }

    @Test("Ctrl-C leaves a part that plays, and the same command makes only what is not there")
    func interrupted() throws {
        let (status, error) = try stop(by: SIGINT)
        #expect(status == 130)
        #expect(error.contains("the same command goes on"), "\(error)")
        let part = try TestFilm.times("film.color.part.mp4", in: scratch).count
        #expect(part >= 240 && part < 600, "\(part)")
        let frames = try TestFilm.frames("film.color.part.mp4", "gray", in: scratch)
        #expect(frames.count == part * 64 * 48)
        let sound = try TestFilm.facts(
            "stream=duration", of: "film.color.part.mp4", in: scratch, stream: "a:0")
        #expect(abs((Double(sound) ?? 0) - Double(part) / 25) < 0.2)

        #expect(try segments() == ["00001.mp4", "00002.mp4"])
        #expect(
            try TestFilm.times("film.color.mp4", in: scratch)
                == TestFilm.times("film.mp4", in: scratch))
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
    }

    @Test("A run that was killed is gone on with, too; with other options it begins anew")
    func killed() throws {
        _ = try stop(by: SIGKILL)
        #expect(try segments("--saturation", "0.5") == ["00000.mp4", "00001.mp4", "00002.mp4"])
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
        try FileManager.default.removeItem(atPath: scratch.path("film.color.mp4"))
        _ = try stop(by: SIGKILL)
        #expect(try segments() == ["00001.mp4", "00002.mp4"])
        #expect(try TestFilm.times("film.color.mp4", in: scratch).count == 600)
    }
}
