import Foundation
import Testing

/// exiftool, an independent reader and writer of metadata.
enum ExifTool {
    static let isThere = (try? run(["-ver"])) != nil

    /// Runs it; what it printed.
    @discardableResult
    static func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["exiftool", "-q"] + arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        struct Failure: Error {}
        guard process.terminationStatus == 0 else { throw Failure() }
        return output
    }

    /// All tags with their groups, such as "IFD0:Artist", as text.
    static func tags(of path: String) throws -> [String: String] {
        let json = try JSONSerialization.jsonObject(with: try run(["-j", "-G1", path]))
        let first = try #require((json as? [[String: Any]])?.first)
        return first.mapValues { "\($0)" }
    }
}
