import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// `autochrome INPUT... [-o OUT]`: colours photographs, films and folders of them.
struct ColorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colorize",
        abstract: "Colour photographs, films and folders of them.",
        discussion: """
            Without -o, photo.jpg gives photo.color.jpg beside it, and film.mp4 film.color.mp4. \
            With -o, results are written to that folder under the photographs' own names. \
            Existing results are kept, so the same command resumes a stopped batch. Photographs \
            in folders that are already in colour are skipped.

            Films need ffmpeg. Sound, subtitles, chapters, metadata and time stamps are kept. \
            Ctrl-C saves the finished part as film.color.part.mp4; the same command resumes.

            Several processes share the photographs and films when RANK and WORLD_SIZE (or \
            Slurm's variables) are set.
            """)

    @Argument(help: "Photographs, films and folders.", completion: .file())
    var inputs: [String]

    @Option(
        name: .shortAndLong, help: "Folder for the results, or the name of a single result.",
        completion: .file())
    var output: String?

    @OptionGroup var options: ColorizeArguments

    @OptionGroup(title: "Film options") var film: FilmArguments

    func run() async throws {
        let (plan, share) = try usage {
            let plan = try ColorizePlan(
                inputs: FilePath.arguments(inputs), output: output,
                format: options.format, codec: film.codec ?? .h264)
            try check(plan)
            return (plan, try Share(environment: Environment.variables))
        }
        let given = try await readHints()
        let interruption = Interruption(told: Interruption.resumable)
        let jobs = share.of(plan.jobs)
        let network = LazyNetwork(options.network)
        var summary = await ColorizeBatch(
            jobs: jobs.filter { !$0.isFilm }, failures: plan.failures, arguments: options,
            given: given, network: network
        ).run()
        await FilmBatch(
            jobs: jobs.filter(\.isFilm), arguments: options, film: film, given: given,
            network: network, interruption: interruption
        ).run(adding: &summary)
        withExtendedLifetime(interruption) {}
        try summary.report(json: options.json)
    }

    /// Hints and palettes of the command line; ends the program if they cannot be read.
    private func readHints() async throws -> GivenHints {
        let (hints, maxPixels) = (options.hints, options.mostPixels)
        do {
            return try await blocking { try hints.given(maxPixels: maxPixels) }
        } catch {
            StandardStream.error.tell("\(error)")
            throw ExitCode(1)
        }
    }

    /// No option is silently without effect.
    private func check(_ plan: ColorizePlan) throws {
        guard !plan.jobs.isEmpty else { return }
        if plan.jobs.allSatisfy(\.isFilm) { try options.checkForFilms() }
        try options.check(for: plan.format)
        try options.hints.check(plan)
        if film.isGiven, !plan.jobs.contains(where: \.isFilm) {
            throw ValidationError(
                "--codec, --crf, --pixel-format, --start, --duration, --no-smoothing and "
                    + "--deinterlace are for films; the inputs contain none.")
        }
    }
}
