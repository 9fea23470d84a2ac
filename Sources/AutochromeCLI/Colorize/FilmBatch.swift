import Autochrome
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Colours the films of a plan, one after the other, and reports the progress of each.
struct FilmBatch {
    let jobs: [ColorizePlan.Job]
    let arguments: ColorizeArguments
    let film: FilmArguments
    let given: GivenHints
    let network: LazyNetwork
    let interruption: Interruption

    /// Colours them all; films that fail are reported and counted. Ends the program when it is
    /// interrupted.
    func run(adding summary: inout ColorizeSummary) async {
        guard !jobs.isEmpty else { return }
        // A pipe to an ffmpeg that has ended is an error to report, not a fatal signal.
        signal(SIGPIPE, SIG_IGN)
        let stop = interruption.stopForFilms()
        for job in jobs {
            let result = await color(job, stop: stop)
            tell(job, result)
            summary.add(job, result)
            if stop.isAsked { interruption.end() }
            if case .stopped = result { return }
        }
    }

    private func color(_ job: ColorizePlan.Job, stop: FilmStop) async -> JobResult {
        await job.result(overwrite: arguments.overwrite, given: given) { choice in
            let options = film.options(arguments.options(for: job, hints: choice.hints))
            let colorizer = FilmColorizer(
                network: try await network.get(), model: arguments.modelIdentity)
            let progress = Progress(total: 0, noun: "frames")
            defer { progress.finish() }
            let name = job.input.lastComponent?.string ?? ""
            return try await colorizer.colorize(
                job.input, to: job.output, options: options, stop: stop
            ) { progress.advance(to: $0.frames, fraction: $0.fraction, detail: name) }
        }
    }

    private func tell(_ job: ColorizePlan.Job, _ result: JobResult) {
        if let problem = result.problem { StandardStream.error.tell(problem) }
        if result.isColored, !arguments.json { StandardStream.output.name(job.output) }
    }
}
