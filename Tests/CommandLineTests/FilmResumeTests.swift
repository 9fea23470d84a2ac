import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Films that are stopped on their way and taken up again.
@Suite struct FilmResumeTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let folder = ".film.color.mp4.segments"

    /// What tells of whole segments; it appears with the first.
    private static let journal = folder + "/work.json"

    private struct Journal: Decodable {
        struct Segment: Decodable { let name: String }
        let segments: [Segment]
    }

    /// The segments of the film: of 240 frames, and what is left of its 600.
    private static let names = ["00000.mp4", "00001.mp4", "00002.mp4"]

    /// A run that was stopped on its way.
    private struct Stopped {
        let process: Process
        let error: String

        /// The segments that are not whole: one or two.
        let missing: [String]
    }

    private struct NotStopped: Error {
        let error: String
    }

    /// Stops the program by a signal when some segments are whole, and not all. On a busy machine
    /// the signal may come later than that; then it is sent to another run.
    private func stop(by signal: Int32) throws -> Stopped {
        try TestFilm.make("film.mp4", in: scratch, size: "64x48", seconds: 24)
        var error = ""
        for _ in 0..<5 {
            let process: Process
            (process, error) = try signalled(signal)
            let missing = try self.missing()
            if !missing.isEmpty {
                #expect(!scratch.exists("film.color.mp4"))
                return Stopped(process: process, error: error, missing: missing)
            }
            for name in ["film.color.mp4", "film.color.part.mp4", Self.folder] {
                try? FileManager.default.removeItem(atPath: scratch.path(name))
            }
        }
        throw NotStopped(error: error)
    }

    /// A run that got a signal when its first segment was whole, and what it said.
    private func signalled(_ signal: Int32) throws -> (Process, String) {
        let process = Program.process(["film.mp4", "--detail", "64"], in: scratch.url)
        let error = Pipe()
        process.standardError = error
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer { process.end() }
        try Patience.wait(for: "a whole segment") {
            scratch.exists(Self.journal) || !process.isRunning
        }
        if process.isRunning { kill(process.processIdentifier, signal) }
        try process.waitForEnd()
        let text = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return (process, text)
    }

    /// The segments that are not whole, where one is; else none.
    private func missing() throws -> [String] {
        guard scratch.exists(Self.journal) else { return [] }
        let journal = try JSONDecoder().decode(Journal.self, from: scratch.read(Self.journal))
        let whole = journal.segments.map(\.name)
        return Self.names.filter { !whole.contains($0) }
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
        let stopped = try stop(by: SIGINT)
        #expect(stopped.process.terminationStatus == 130)
        #expect(stopped.error.contains("the same command resumes"), "\(stopped.error)")
        let part = try TestFilm.times("film.color.part.mp4", in: scratch).count
        let whole = 240 * (Self.names.count - stopped.missing.count)
        #expect((whole...600).contains(part), "\(part), \(whole) of them whole")
        let frames = try TestFilm.frames("film.color.part.mp4", "gray", in: scratch)
        #expect(frames.count == part * 64 * 48)
        let sound = try TestFilm.facts(
            "stream=duration", of: "film.color.part.mp4", in: scratch, stream: "a:0")
        #expect(abs((Double(sound) ?? 0) - Double(part) / 25) < 0.2)

        #expect(try segments() == stopped.missing)
        #expect(
            try TestFilm.times("film.color.mp4", in: scratch)
                == TestFilm.times("film.mp4", in: scratch))
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
    }

    @Test("A run that was killed is gone on with, too; with other options it begins anew")
    func killed() throws {
        #expect(try stop(by: SIGKILL).process.wasKilled)
        #expect(try segments("--saturation", "0.5") == Self.names)
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
        try FileManager.default.removeItem(atPath: scratch.path("film.color.mp4"))
        let stopped = try stop(by: SIGKILL)
        #expect(stopped.process.wasKilled)
        #expect(try segments() == stopped.missing)
        #expect(try TestFilm.times("film.color.mp4", in: scratch).count == 600)
    }

    @Test("A segment that was lost is made again")
    func lost() throws {
        #expect(try stop(by: SIGKILL).process.wasKilled)
        try scratch.write(Data(), as: Self.folder + "/" + Self.names[0])
        #expect(try segments() == Self.names)
        #expect(try TestFilm.times("film.color.mp4", in: scratch).count == 600)
    }

    @Test("A segment that is damaged is said, and the same command begins anew")
    func damaged() throws {
        #expect(try stop(by: SIGKILL).process.wasKilled)
        let name = Self.folder + "/" + Self.names[0]
        try scratch.write(Data(count: try scratch.read(name).count), as: name)
        let result = try Program.run("film.mp4", "--detail", "64", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("the same command begins anew"), "\(result.error)")
        #expect(!scratch.exists("film.color.mp4"))
        #expect(try segments() == Self.names)
        #expect(try scratch.files() == ["film.color.mp4", "film.mp4"])
    }

    @Test("A file that has the part's name, but is not this program's, stays as it is")
    func foreignPart() throws {
        try scratch.write(Data("mine".utf8), as: "film.color.part.mp4")
        try TestFilm.make("film.mp4", in: scratch, size: "64x48", seconds: 24)
        let (_, error) = try signalled(SIGINT)
        // On a busy machine the film may be whole by then, and the file is to stay all the same.
        if !scratch.exists("film.color.mp4") {
            #expect(error.contains("film.color.part-2.mp4"), "\(error)")
            _ = try segments()
        }
        #expect(try scratch.read("film.color.part.mp4") == Data("mine".utf8))
        #expect(
            try scratch.files() == ["film.color.mp4", "film.color.part.mp4", "film.mp4"])
    }
}
