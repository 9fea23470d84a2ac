import ArgumentParser
import Autochrome
import AutochromeTraining

/// `autochrome train RECIPE --data DATASET --run RUN`.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a network.",
        discussion: """
            Writes the checkpoint, the losses (metrics.jsonl, TensorBoard's event file, \
            report.html), sample sheets and the trained model.safetensors to RUN. The same command \
            resumes from the checkpoint in RUN. Needs libtorch (Scripts/setup train).

            Several processes train together when a launcher starts them, as in \
            torchrun --no-python --nproc-per-node 2 -- autochrome train ... \
            (without the two dashes torchrun takes --run for its own option).
            """)

    @Argument(
        help: "Recipe file, such as Recipes/article.yaml.",
        completion: .file(extensions: ["yaml", "yml"]))
    var recipe: String

    @Option(
        help: """
            Data set of `prepare`, folder of photographs, or tar archive of them; repeat for \
            several. Of two photographs with the same name the larger one is used.
            """, completion: .file())
    var data: [String]

    @Option(
        name: .customLong("run"), help: "Folder for all files of the training.",
        completion: .directory)
    var folder: String

    @Option(
        name: .customLong("init"),
        help: "Initial weights: a model, or an ImageNet-pretrained encoder alone.",
        completion: .model)
    var initial: String?

    @OptionGroup var place: DeviceArguments

    @OptionGroup var changes: RecipeArguments

    @Option(help: "Total number of steps, including those of earlier runs.")
    var steps: Int?

    @Flag(help: "Write the outcome as JSON to standard output.")
    var json = false

    func validate() throws {
        if data.contains("") {
            throw ValidationError("--data is empty; give a folder, as in --data set.")
        }
        if folder.isEmpty {
            throw ValidationError("--run is empty; give a folder, as in --run run.")
        }
        if let steps, steps < 1 { throw ValidationError("--steps must be at least 1.") }
    }

    func run() throws {
        OpenMPWaiting.restartPassive()
        var recipe = try usage { try Recipe(reading: self.recipe) }
        changes.apply(to: &recipe)
        let launcher = try usage { try Launcher(environment: Environment.variables) }
        let meeting = try usage { try launcher.meeting() }
        let options = TrainingOptions(
            data: data, run: folder, initial: initial,
            device: try ownDevice(launcher), steps: steps)
        let progress = TrainingProgress(isTold: launcher.isFirst)
        let stop = StopRequest()
        let training = try TrainingRun(
            recipe, options, meeting: meeting, tell: { progress.tell($0) },
            shouldStop: { stop.isAsked })
        let end = try training.run()
        progress.finish()
        try report(end, progress)
    }

    /// Each process of a machine has a GPU of its own.
    private func ownDevice(_ launcher: Launcher) throws -> Device {
        guard place.device == .automatic, launcher.share.count > 1 else { return place.device }
        let count = try Device.cudaCount()
        guard count > 0 else { return place.device }
        // Slurm may show each process its own GPU alone, which is then the first.
        return .cuda(count == 1 ? 0 : launcher.localRank)
    }

    private func report(_ end: TrainingEnd, _ progress: TrainingProgress) throws {
        if json, progress.isTold {
            try StandardStream.output.write(JSON.line(progress.summary(end, run: folder)))
        }
        guard case .stopped(let step) = end else { return }
        if progress.isTold {
            StandardStream.error.write(
                "Interrupted after step \(step). The same command resumes.\n")
        }
        throw ExitCode(130)
    }
}
