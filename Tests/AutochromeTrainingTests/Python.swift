import Foundation
import Testing

/// Python 3, an independent reader and writer of archives.
enum Python {
    /// Runs a script with `input` on its standard input, and gives what it printed.
    @discardableResult
    static func run(_ script: String, input: Data = Data()) throws -> String {
        let folder = try Scratch()
        try folder.write([UInt8](input), as: "input")
        try folder.write([], as: "output")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.standardInput = try FileHandle(forReadingFrom: folder.url.appending(path: "input"))
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: "output"))
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the script failed")
        return String(decoding: try folder.read("output"), as: UTF8.self)
    }
}
