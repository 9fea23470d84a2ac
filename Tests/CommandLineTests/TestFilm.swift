import Foundation
import Testing

/// Films made and looked at by ffmpeg.
enum TestFilm {
    /// Runs ffmpeg or ffprobe in a folder; what it wrote to standard output.
    @discardableResult
    static func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [tool, "-v", "error"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(tool) \(arguments)")
        return output
    }

    /// A grey film of moving patterns with a tone.
    static func make(
        _ name: String, in scratch: Scratch, size: String = "160x120", rate: String = "25",
        seconds: Double = 1, filter: String = "format=gray", options: [String] = []
    ) throws {
        try run(
            "ffmpeg",
            [
                "-y", "-f", "lavfi", "-i", "testsrc2=s=\(size):r=\(rate):d=\(seconds)", "-f",
                "lavfi", "-i", "sine=d=\(seconds)", "-vf", filter, "-pix_fmt", "yuv420p",
            ] + options + [name], in: scratch.url)
    }

    /// Time stamps of a stream's packets, in seconds, in the order they are shown.
    static func times(
        _ name: String, in scratch: Scratch, stream: String = "v:0"
    ) throws -> [Double] {
        let text = try run(
            "ffprobe",
            [
                "-select_streams", stream, "-show_entries", "packet=pts_time", "-of", "csv=p=0",
                name,
            ], in: scratch.url)
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
            .compactMap { Double($0.prefix { $0.isNumber || $0 == "." || $0 == "-" }) }.sorted()
    }

    /// An entry of ffprobe's for a stream, as `width,height`.
    static func facts(
        _ entries: String, of name: String, in scratch: Scratch, stream: String = "v:0"
    ) throws -> String {
        let text = try run(
            "ffprobe",
            [
                "-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", name,
            ], in: scratch.url)
        return String(decoding: text, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Seconds at which a file ends, by its header.
    static func end(of name: String, in scratch: Scratch) throws -> Double {
        let text = try run(
            "ffprobe", ["-show_entries", "format=duration", "-of", "csv=p=0", name],
            in: scratch.url)
        let line = String(decoding: text, as: UTF8.self)
        return Double(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }

    /// What ffprobe says of all streams, or of the chapters, a line for each.
    static func list(
        _ entries: String, of name: String, in scratch: Scratch
    ) throws -> [String] {
        let text = try run(
            "ffprobe", ["-show_entries", entries, "-of", "compact=p=0", name], in: scratch.url)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The samples of all frames in a pixel format.
    static func frames(
        _ name: String, _ pixelFormat: String, in scratch: Scratch, filter: String = "null"
    ) throws -> [UInt8] {
        [UInt8](
            try run(
                "ffmpeg",
                [
                    "-i", name, "-vf", filter, "-pix_fmt", pixelFormat, "-f", "rawvideo",
                    "-fps_mode", "passthrough", "-",
                ], in: scratch.url))
    }

    /// A hash of each packet of a stream.
    static func packets(_ name: String, stream: String, in scratch: Scratch) throws -> [String] {
        let text = try run(
            "ffmpeg", ["-i", name, "-map", "0:\(stream)", "-c", "copy", "-f", "framemd5", "-"],
            in: scratch.url)
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: ",").last.map { String($0) } }
    }
}
