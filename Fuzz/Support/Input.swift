internal import Foundation

/// What libFuzzer hands to a harness, as files of this process.
package enum Input {
    private static let folder = FileManager.default.temporaryDirectory
        .appending(path: "autochrome-fuzz-\(ProcessInfo.processInfo.processIdentifier)")

    /// The bytes of an input.
    package static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// A path for a file of that name, in an empty folder that `body` may fill.
    package static func inFolder(_ body: (_ folder: String) throws -> Void) {
        do {
            try? FileManager.default.removeItem(at: folder)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try body(folder.path)
        } catch {
            // What the product refuses is as it should be.
        }
    }

    /// Writes a file. A harness that cannot is of no use.
    package static func write(_ bytes: [UInt8], to path: String) {
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            fatalError("\(path) cannot be written")
        }
    }
}
