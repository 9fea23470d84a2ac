import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome INPUT... [-o OUT]`: colours photographs and folders of them.
struct ColorizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colorize",
        abstract: "Colour photographs and folders of them.",
        discussion: """
            Without -o, photo.jpg gives photo.color.jpg beside it. With -o, results go into that \
            folder under the photographs' own names. Results that are there already are kept, so \
            a stopped batch goes on by the same command. Photographs found in a folder that are \
            in colour already are skipped.

            Several processes share the photographs when RANK and WORLD_SIZE (or Slurm's \
            variables) say so.
            """)

    @Argument(help: "Photographs and folders.")
    var inputs: [String]

    @Option(name: .shortAndLong, help: "A folder for the results, or one result's name.")
    var output: String?

    @OptionGroup var options: ColorizeArguments

    func run() async throws {
        IdleThreads.sleep()
        let plan: ColorizePlan
        let share: Share
        do {
            plan = try ColorizePlan(
                inputs: inputs.map { FilePath(argument: $0) }, output: output,
                format: options.format)
            share = try Share(environment: Environment.variables)
        } catch {
            throw ValidationError("\(error)")
        }
        let batch = ColorizeBatch(
            jobs: share.of(plan.jobs), failures: plan.failures, arguments: options)
        let interruption = Interruption(
            told: "Interrupted. What is done is kept; the same command goes on from here.")
        let summary = await batch.run()
        withExtendedLifetime(interruption) {}
        try summary.report(json: options.json)
    }
}
