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
        abstract: "Colours black-and-white photographs and films.",
        discussion: """
            autochrome scan.jpg              writes scan.color.jpg beside it
            autochrome box-of-scans -o out   writes the results to the folder out
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
            StandardStream.error.tell("Cannot write to standard output: \(reason).")
            Self.exit(withError: ExitCode(1))
        }
    }
}
