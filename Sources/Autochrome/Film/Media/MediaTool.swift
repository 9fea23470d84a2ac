internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Short runs of ffmpeg and ffprobe, and the pipes to long ones.
enum MediaTool {
    /// Options that go before all others: no questions, errors only.
    static let quiet: [MediaArgument] = ["-nostdin", "-hide_banner", "-v", "error"]

    /// Runs the tool to its end.
    ///
    /// - Returns: what it wrote to standard output, and how it ended.
    static func run(
        _ tool: String, _ arguments: [MediaArgument]
    ) async throws -> (output: [UInt8], ending: MediaProcess.Ending) {
        let (read, write) = try pipe()
        defer { try? read.close() }
        let process = MediaProcess(tool, arguments, input: try nothing(), output: write)
        let output = try await blocking { () throws -> [UInt8] in try read.readToEnd() }
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
}
