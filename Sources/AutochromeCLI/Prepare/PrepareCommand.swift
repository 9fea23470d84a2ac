import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// `autochrome prepare SOURCE... -o DATASET`: makes a data set out of folders and archives.
struct PrepareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Make a training set from folders and archives of photographs.",
        discussion: """
            Sources are folders, tar, tar.gz, tar.zst, tar.xz and zip archives, nested archives, \
            and archives in parts (train.tar.aa, train.tar.ab, ...), given by the first part. \
            They are read in one pass, and nothing is unpacked to disk.

            Photographs are scaled down, cropped square and written below DATASET/photos, or into \
            shards; DATASET/dataset.json describes them. Photographs that are damaged, too small, \
            without colour or near-duplicates are dropped and counted. The same command resumes a \
            stopped run.

            Several processes share the work when RANK and WORLD_SIZE (or Slurm's variables) are \
            set; the last one to finish merges their parts.
            """)

    @Argument(help: "Folders, archives and photographs.", completion: .file())
    var sources: [String]

    @Option(name: .shortAndLong, help: "Folder of the data set.", completion: .directory)
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
        let interruption = Interruption(told: Interruption.resumable)
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
