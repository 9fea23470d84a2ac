import ArgumentParser

/// `autochrome model`: what a model file holds, and its conversion.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Tell what a model file holds, or convert it.",
        subcommands: [ModelInfoCommand.self, ModelConvertCommand.self])
}
