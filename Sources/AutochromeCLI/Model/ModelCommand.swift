import ArgumentParser

/// `autochrome model`: what a model file holds, and what is done to it without training.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Show, convert, average, adjust or export models.",
        subcommands: [
            ModelInfoCommand.self, ModelConvertCommand.self, ModelAverageCommand.self,
            ModelReadoutCommand.self, ModelExportCommand.self,
        ])
}
