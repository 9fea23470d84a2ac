import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// `autochrome evaluate PHOTOS`: measures colours against true ones.
struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure how well models colour photographs whose colours are known.",
        discussion: """
            Takes photographs in colour, colours their lightness as `colorize` does, and compares \
            with what they were. Means over the photographs stand with their 95 % bootstrap \
            intervals below them. Grey has a row, too: timid colours have a small CIEDE2000, so \
            compare models where they are equally colourful. Photographs without colour are left \
            out and counted.

            Several processes share the photographs when RANK and WORLD_SIZE (or Slurm's \
            variables) say so, with MASTER_ADDR and MASTER_PORT; the first one tells the figures \
            of all.
            """)

    @Argument(help: "Photographs in colour, and folders of them.", completion: .file())
    var photos: [String]

    @Option(
        name: .customLong("model"),
        help: "A model file; repeat to compare. Otherwise the one that came with the program.",
        completion: .model)
    var models: [String] = []

    @Option(
        name: .customLong("vividness"),
        help: "How vivid, 0 to 1; repeat for several (default: \(ReadoutRule.defaultVividness)).")
    var vividnesses: [Double] = []

    @Option(
        help: """
            Shorter side in pixels at which networks see a photograph, 32 to 2048 (default: each \
            model's own).
            """)
    var detail: Int?

    @Option(
        help: "A file for a line a photograph, model and vividness.", completion: .file())
    var csv: String?

    @Option(
        help: "A file for a page with tables, curves and photographs.", completion: .file())
    var report: String?

    @Option(
        help: "A file of the ImageNet encoder, for Fréchet distances of its features.",
        completion: .model)
    var features: String?

    @Option(
        help: """
            Numbers of true points to colour with besides, as in 1,2,5,10,20,50,100: each a square \
            of 6 x 6 pixels at a random place of the photograph at 256 pixels.
            """)
    var points: PointCounts?

    @Option(
        help: """
            Colourfulnesses at which to compare CIEDE2000, as in 30,33,36: by vividness, past 1 by \
            saturation (default: multiples of 5).
            """)
    var atColourfulness: ColorfulnessList?

    @Flag(help: "Give models that take a palette the true one of each photograph.")
    var truePalette = false

    @Option(help: "Random seed of the points' places.")
    var seed: UInt64 = 0

    @OptionGroup var place: DeviceArguments

    @Option(help: "The most pixels of a photograph, as in 100M; all are decoded whole.")
    var maxPixels: PixelCount = .init(pixels: 100_000_000)

    @Flag(help: "Write the summary as JSON to standard output.")
    var json = false

    func validate() throws {
        if let vividness = vividnesses.first(where: { !(0...1).contains($0) }) {
            throw ValidationError("--vividness is \(vividness); it goes from 0 to 1.")
        }
        if let detail, !ModelUse.workingSides.contains(detail) {
            throw ValidationError("--detail is \(detail); it goes from 32 to 2048 pixels.")
        }
    }

    func run() async throws {
        let launcher = try usage { try Launcher(environment: Environment.variables) }
        let meeting = try usage { try launcher.meeting(timeout: Self.patience) }
        let found = FoundPhotographs(FilePath.arguments(photos)).withoutRepeats
        try EvaluationTargets(csv: csv, report: report)
            .check(reading: found.photographs.map(\.path) + readModels)
        let run = EvaluationRun(
            photographs: found.photographs.map(\.path), models: try evaluatedModels(),
            device: place.device, maxPixels: maxPixels.pixels, detail: detail,
            features: features, points: points.map { PointSettings(counts: $0.counts, seed: seed) },
            usesTruePalette: truePalette, colorfulnesses: atColourfulness?.values ?? [],
            share: launcher.share)
        let interruption = Interruption(told: "Interrupted. Nothing was written.")
        // Met at once, so that a process that does not come is missed before the work.
        let group = try meeting.map { try ProcessGroup($0, on: .cpu) }
        var result = try await measure(run, failures: launcher.isFirst ? found.failures : [])
        if let group { result = try result.gathered(by: group, on: .cpu) }
        if launcher.isFirst { try await write(result, of: run) }
        withExtendedLifetime(interruption) {}
        if !result.problems.isEmpty || !found.failures.isEmpty { throw ExitCode(1) }
    }

    /// How long the first process to finish waits for the last, in seconds.
    private static let patience = 86_400.0

    /// The files of weights that are read.
    private var readModels: [FilePath] {
        var files = models
        if models.isEmpty, let standard = try? Weights.standardFile() { files.append(standard) }
        if let features { files.append(features) }
        return files.map { FilePath($0) }
    }

    private func evaluatedModels() throws -> [EvaluatedModel] {
        let asked = vividnesses.isEmpty ? [ReadoutRule.defaultVividness] : vividnesses
        let files: [String?] = models.isEmpty ? [nil] : models
        let evaluated = try files.map {
            try EvaluatedModel(
                file: $0, vividnesses: asked, isSaturated: atColourfulness != nil)
        }
        if !vividnesses.isEmpty, !evaluated.contains(where: \.takesVividness) {
            throw ValidationError("--vividness says nothing to a ResNet, which has one colour.")
        }
        if atColourfulness != nil, !evaluated.contains(where: \.takesVividness) {
            throw ValidationError(
                "--at-colourfulness says nothing to a ResNet, which has one colour.")
        }
        let heard = [("--points", points != nil), ("--true-palette", truePalette)]
        if let (option, _) = heard.first(where: \.1), !evaluated.contains(where: \.takesHints) {
            throw ValidationError(
                "\(option) says nothing to networks that take no hints; ChromaTransformer does.")
        }
        return evaluated
    }

    private func measure(
        _ run: EvaluationRun, failures: [Failure]
    ) async throws -> EvaluationResult {
        for failure in failures {
            StandardStream.error.tell("\(failure.path): \(failure.reason)")
        }
        let progress = Progress(total: run.steps, noun: "photographs")
        defer { progress.finish() }
        return try await run.run { progress.advance(problem: $0) }
    }

    private func write(_ result: EvaluationResult, of run: EvaluationRun) async throws {
        guard !result.records.isEmpty else {
            StandardStream.error.write("No photograph in colour could be measured.\n")
            throw ExitCode(1)
        }
        let summary = EvaluationSummary(result)
        if json {
            try StandardStream.output.write(JSON.line(summary))
        } else {
            let parts = [summary.facts + "\n"] + summary.tables.map(\.text)
            StandardStream.output.write(parts.joined(separator: "\n"))
        }
        if let csv { try WholeFile.write(Array(FigureList(result).text.utf8), to: csv) }
        if let report {
            let page = try await EvaluationPage(result, summary, of: run)
            try WholeFile.write(Array(page.html.utf8), to: report)
        }
    }
}
