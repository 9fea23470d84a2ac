#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#endif

/// Where the files that travel with the program lie: installed beside it, or in a checkout.
package enum Installation {
    /// The path of the running program, links resolved.
    package static var executable: String {
        #if os(Linux)
            var path = [CChar](repeating: 0, count: 4096)
            let length = readlink("/proc/self/exe", &path, path.count)
            if length > 0 {
                let bytes = path.prefix(length).map { UInt8(bitPattern: $0) }
                return String(decoding: bytes, as: UTF8.self)
            }
        #endif
        return URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().path
    }

    /// Every path at which `file` may lie, the most specific first.
    ///
    /// - Parameters:
    ///   - file: its name
    ///   - installed: its folder under the prefix of an installation, such as `lib/autochrome`
    ///   - checkout: its folder in a checkout, such as `.deps`, looked for in every folder above
    ///     the program; not above the current one, where anyone may have put a library
    package static func candidates(
        for file: String, installed: String, checkout: String
    ) -> [String] {
        let folders = ancestors(of: executable)
        var places = [folders[0] + "/" + file]
        if folders.count > 1 { places.insert("\(folders[1])/\(installed)/\(file)", at: 0) }
        for folder in folders {
            let place = "\(folder == "/" ? "" : folder)/\(checkout)/\(file)"
            if !places.contains(place) { places.append(place) }
        }
        return places
    }

    /// The first of `candidates` that is there, or nil.
    package static func first(of candidates: [String]) -> String? {
        candidates.first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The folders that hold `path`, from the nearest to the root.
    static func ancestors(of path: String) -> [String] {
        var folders: [String] = []
        var rest = Substring(path)
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            folders.append(rest.isEmpty ? "/" : String(rest))
        }
        return folders.isEmpty ? ["/"] : folders
    }
}
