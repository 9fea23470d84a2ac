import Autochrome
import SystemPackage

extension FilePath {
    /// The paths that arguments of the command line name, given in their order there.
    ///
    /// Swift's arguments are text, in which bytes that are not UTF-8 are replaced, and compare
    /// equal where they are spelled otherwise; the process's own are told apart by their bytes.
    static func arguments(_ texts: [String]) -> [FilePath] {
        var rest = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }.dropFirst()
        return texts.map { text in
            let place = rest.firstIndex { String(cString: $0).utf8.elementsEqual(text.utf8) }
            guard let place else { return FilePath(text) }
            defer { rest = rest[(place + 1)...] }
            return FilePath(platformString: rest[place])
        }
    }

    /// The names that lead from `folder` to this path, or the last name alone without a folder.
    func components(below folder: FilePath?) -> [FilePath.Component] {
        guard let folder, starts(with: folder) else { return lastComponent.map { [$0] } ?? [] }
        return Array(components.dropFirst(folder.components.count))
    }
}
