internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Commit of the source around the program.
enum Commit {
    /// Commit that is checked out now in the checkout around the program; "unknown"
    /// outside of one. The program was built from something else where it was not built since.
    static var current: String {
        let heads = Installation.candidates(
            for: "HEAD", installed: "share/autochrome", checkout: ".git")
        guard let path = Installation.first(of: heads), let head = lines(of: path).first else {
            return "unknown"
        }
        guard head.hasPrefix("ref: ") else { return head }
        let (folder, name) = (path.dropLast("HEAD".count), head.dropFirst(5))
        return lines(of: "\(folder)\(name)").first ?? packed("\(name)", in: "\(folder)")
            ?? "unknown"
    }

    /// The commit of a branch that `git gc` put into one file with the others, as lines of a commit
    /// and a name.
    private static func packed(_ name: String, in folder: String) -> String? {
        lines(of: folder + "packed-refs").first { $0.hasSuffix(" " + name) }?
            .split(separator: " ").first.map(String.init)
    }

    private static func lines(of path: String) -> [String] {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
