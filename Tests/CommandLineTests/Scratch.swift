import Foundation

/// A folder for one test, removed when the test is over.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "autochrome-test-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a name in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Makes a folder in it.
    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            at: url.appending(path: name), withIntermediateDirectories: true)
    }

    /// Writes a file in it.
    func write(_ data: Data, as name: String) throws {
        try data.write(to: url.appending(path: name))
    }

    func read(_ name: String) throws -> Data { try Data(contentsOf: url.appending(path: name)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Every file in it, as paths within it, hidden ones too, sorted.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path)
            .filter { name in
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
                return !isFolder.boolValue
            }.sorted()
    }

    /// Every file below a folder of it, hidden ones too, with what it holds.
    func tree(_ name: String) throws -> [String: Data] {
        let files = try self.files().filter { $0.hasPrefix(name + "/") }
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                (String($0.dropFirst(name.count)), try read($0))
            })
    }
}
