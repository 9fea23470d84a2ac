internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A photograph that was not fetched when its visit ended, as `session.json` lists it.
struct KeptPhotograph: Codable {
    /// The list's name in the folder of a visit.
    static let list = "session.json"

    /// Its file in the folder.
    let file: String

    /// The name it was sent under.
    let name: String

    let vividness: Double?
    let saturation: Float

    /// Its hints, a document as text; nil without.
    var hints: String?

    /// Photographs listed in the folders of ended visits; such a folder exists once its list does.
    static func listed(in folder: FilePath) -> [KeptPhotograph] {
        guard let data = FileManager.default.contents(atPath: folder.appending(list).string),
            let kept = try? JSONDecoder().decode([KeptPhotograph].self, from: data)
        else { return [] }
        // A list that somebody changed leads nowhere else.
        return kept.filter { !$0.file.contains("/") && !$0.file.hasPrefix(".") }
    }

    /// Writes the list, whole or not at all.
    ///
    /// - Throws: the operating system's reason.
    static func write(_ kept: [KeptPhotograph], to folder: FilePath) throws {
        let partial = folder.appending(list + ".partial")
        let file = try FileDescriptor.open(
            partial, .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(JSON.bytes(kept)) }
        try partial.rename(to: folder.appending(list))
    }
}
