internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which state of the source the program was built from.
enum Commit {
    /// The commit of the checkout the program runs in; "unknown" outside of one.
    static var current: String {
        let heads = Installation.candidates(
            for: "HEAD", installed: "share/autochrome", checkout: ".git")
        guard let path = Installation.first(of: heads), let head = text(path) else {
            return "unknown"
        }
        guard head.hasPrefix("ref: ") else { return head }
        let folder = path.dropLast("HEAD".count)
        return text(folder + head.dropFirst(5)) ?? "unknown"
    }

    private static func text(_ path: some StringProtocol) -> String? {
        FileManager.default.contents(atPath: String(path))
            .map { String(decoding: $0, as: UTF8.self) }?
            .split(separator: "\n").first.map(String.init)
    }
}
