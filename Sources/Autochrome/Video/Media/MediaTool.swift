internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Short runs of ffmpeg and ffprobe, and the pipes to long ones.
enum MediaTool {
    /// Options that go before all others: no questions, errors only.
    static let quiet = ["-nostdin", "-hide_banner", "-v", "error"]

    /// Runs the tool to its end.
    ///
    /// - Returns: what it wrote to standard output, and how it ended.
    static func run(
        _ tool: String, _ arguments: [String]
    ) async throws -> (output: [UInt8], ending: MediaProcess.Ending) {
        let (read, write) = try pipe()
        defer { try? read.close() }
        let process = MediaProcess(tool, arguments, input: try nothing(), output: write)
        let output = try await blocking { () throws -> [UInt8] in
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = try buffer.withUnsafeMutableBytes { try read.read(into: $0) }
                guard count > 0 else { return bytes }
                bytes += buffer[..<count]
            }
        }
        return (output, try await process.ending())
    }

    /// A pipe that no other process inherits: an end left open elsewhere would keep a reader
    /// waiting for ever.
    static func pipe() throws -> (read: FileDescriptor, write: FileDescriptor) {
        let ends = try FileDescriptor.pipe()
        for end in [ends.readEnd, ends.writeEnd] {
            _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC)
        }
        return (ends.readEnd, ends.writeEnd)
    }

    /// An input without bytes, or an output that nobody reads.
    static func nothing() throws -> FileDescriptor {
        try FileDescriptor.open("/dev/null", .readWrite, options: .closeOnExec)
    }

    /// A path as ffmpeg takes it: never as an option, nor as the name of a protocol.
    static func name(_ path: FilePath) -> String {
        path.isAbsolute ? "file:\(path.string)" : "file:./\(path.string)"
    }
}
