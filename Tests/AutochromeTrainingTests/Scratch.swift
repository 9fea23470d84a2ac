import Foundation
import SystemPackage

/// A folder for one test, removed when the test is over.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "autochrome-test-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// A file of the checkout.
    static func checkout(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: name).path
    }

    func path(_ name: String) -> FilePath { FilePath(url.appending(path: name).path) }

    /// Writes a file in it, and the folders it lies in.
    func write(_ bytes: [UInt8], as name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url.appending(path: name)))
    }

    /// Every file below a folder of it, hidden ones too, with what it holds.
    func tree(_ name: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let root = url.appending(path: name)
        for file in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
            var isFolder: ObjCBool = false
            let path = root.appending(path: file).path
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            if !isFolder.boolValue {
                files[file] = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
            }
        }
        return files
    }
}
