import ArgumentParser
import Autochrome

@main
struct AutochromeCommand: ParsableCommand {
    func run() { print(libraries()) }
}
