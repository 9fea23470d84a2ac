import ArgumentParser
import Autochrome

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The program: `colorize` unless another subcommand is named.
@main
struct AutochromeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "autochrome",
        abstract: "Gives black-and-white photographs believable colour.",
        discussion: """
            autochrome scan.jpg              writes scan.color.jpg beside it
            autochrome box-of-scans -o out   colours a folder into another one
            """,
        version: Version.current,
        subcommands: [
            ColorizeCommand.self, PrepareCommand.self, TrainCommand.self, EvaluateCommand.self,
            ProposeCommand.self, StillsCommand.self, ServeCommand.self, ModelCommand.self,
            BenchmarkCommand.self,
        ],
        defaultSubcommand: ColorizeCommand.self)

    static func main() async {
        if let shortage = AddressSpace.shortage {
            StandardStream.error.tell(shortage)
            _exit(1)
        }
        await main(nil)
        if let reason = StandardStream.outputLoss {
            StandardStream.error.tell("Standard output could not be written: \(reason).")
            Self.exit(withError: ExitCode(1))
        }
    }
}
