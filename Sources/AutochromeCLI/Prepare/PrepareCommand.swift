import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// `autochrome prepare SOURCE... -o DATASET`: makes a data set out of folders and archives.
struct PrepareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Make a training set out of folders and archives of photographs.",
        discussion: """
            Sources are folders, tar, tar.gz, tar.zst and zip archives, archives inside archives, \
            and archives in parts (train.tar.aa, train.tar.ab, ...), of which the first is given. \
            They are read in one pass, and nothing is unpacked to disk.

            Photographs are scaled down, cropped square and written below DATASET/photos, or into \
            shards; DATASET/dataset.json tells of them. Those that are damaged, too small, without \
            colour or repeated are left out and counted. What was stopped goes on by the same \
            command.

            Several processes share the work when RANK and WORLD_SIZE (or Slurm's variables) say \
            so; the last one to finish puts their parts together.
            """)

    @Argument(help: "Folders, archives and photographs.", completion: .file())
    var sources: [String]

    @Option(name: .shortAndLong, help: "The folder to make.", completion: .directory)
    var output: String

    @OptionGroup var options: PrepareArguments

    func validate() throws {
        if output.isEmpty { throw ValidationError("-o is empty; give a folder, as in -o set.") }
        if sources.contains("") {
            throw ValidationError("A source is empty; give a folder, an archive or a photograph.")
        }
    }

    func run() async throws {
        let found = try usage {
            try PrepareSource.resolve(FilePath.arguments(sources))
        }
        let share = try usage { try Share(environment: Environment.variables) }
        let run = PrepareRun(
            sources: found, dataset: FilePath(output), settings: options.settings, share: share,
            workers: options.workerCount(
                cores: Environment.coreCount, environment: Environment.variables))
        let interruption = Interruption(told: Interruption.goesOn)
        let outcome = try await finish(run)
        withExtendedLifetime(interruption) {}
        try PrepareSummary(outcome, dataset: output, share: share).report(json: options.json)
    }

    private func finish(_ run: PrepareRun) async throws -> PrepareRun.Outcome {
        let progress = Progress(total: 0, noun: "photographs")
        do {
            let outcome = try await blocking { () throws(PrepareError) in
                try run.run { status in
                    progress.advance(
                        to: status.counts.files, fraction: status.fraction,
                        detail: "\(status.counts.kept) kept, "
                            + "\(status.counts.droppedInAll) dropped")
                }
            }
            progress.finish()
            return outcome
        } catch {
            progress.finish()
            StandardStream.error.tell("\(error)")
            throw error.isUsage ? ExitCode.validationFailure : ExitCode(1)
        }
    }
}

extension PrepareError {
    /// Whether another command is needed, not another try.
    fileprivate var isUsage: Bool {
        switch self {
        case .notEmpty, .otherDataset, .sourcesChanged: true
        default: false
        }
    }
}
