import ArgumentParser
import Autochrome
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `autochrome stills FILM -o FOLDER`: takes a still of each shot.
struct StillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stills",
        abstract: "Take a still of each shot of a film.",
        discussion: """
            Writes the frame of each shot that shows most as FILM.TIME.png, at the size at which \
            the film is shown. Shots without a picture, as black leader, have none.
            """)

    @Argument(help: "A film.", completion: .file())
    var film: String

    @Option(name: .shortAndLong, help: "The folder for the stills.", completion: .directory)
    var output: String

    @Flag(help: "Take frames of interlaced films apart first, by ffmpeg's bwdif.")
    var deinterlace = false

    @Flag(help: "Replace stills that are there; otherwise they are kept.")
    var overwrite = false

    @Flag(help: "Write what was done as JSON to standard output.")
    var json = false

    func validate() throws {
        guard !output.isEmpty else { throw ValidationError("\(PlanError.noName)") }
    }

    func run() async throws {
        let paths = FilePath.arguments([film, output])
        guard FileFacts.kind(of: paths[1]) != .file else {
            throw ValidationError("\(PlanError.notAFolder(paths[1]))".printable)
        }
        // A pipe to an ffmpeg that has ended is an error to tell, not a signal to die of.
        signal(SIGPIPE, SIG_IGN)
        let interruption = Interruption(told: Interruption.resumable)
        defer { withExtendedLifetime(interruption) {} }
        do {
            try await take(paths[0], into: paths[1])
        } catch {
            StandardStream.error.tell("\(error)")
            throw ExitCode(1)
        }
    }

    private func take(_ film: FilePath, into folder: FilePath) async throws {
        let stills = try await FilmStills(
            of: film, into: folder, overwrite: overwrite, isDeinterlaced: deinterlace)
        var report = Report(film: film.string)
        let progress = Progress(total: 0, noun: "frames")
        defer { progress.finish() }
        let name = film.lastComponent?.string ?? ""
        let notes = try await stills.write {
            progress.advance(to: $0.frames, fraction: $0.fraction, detail: name)
        } made: { still in
            progress.finish()
            report.stills.append(Report.Still(still))
            if !still.isKept, !json { StandardStream.output.name(still.path) }
        }
        progress.finish()
        for note in notes { StandardStream.error.tell(note) }
        if json { return try StandardStream.output.write(JSON.line(report)) }
        StandardStream.error.tell(report.summary)
    }
}

extension StillsCommand {
    /// The stills as `--json` gives them.
    private struct Report: Encodable {
        struct Still: Encodable {
            let path: String
            /// Seconds on the film's clock: of the still, and of its shot's first and last frame.
            let time: Double
            let first: Double
            let last: Double
            let kept: Bool

            init(_ still: FilmStill) {
                path = still.path.string
                (time, first, last) = (
                    still.moment.seconds, still.first.seconds, still.last.seconds
                )
                kept = still.isKept
            }
        }

        let film: String
        var stills: [Still] = []

        var summary: String {
            let kept = stills.count { $0.kept }
            let taken = stills.count - kept
            return "\(taken) \(taken == 1 ? "still" : "stills") taken"
                + (kept > 0 ? ", \(kept) already there." : ".")
        }
    }
}
