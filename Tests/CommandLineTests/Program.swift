import Foundation
import Testing

/// The program, as a user runs it.
enum Program {
    /// What a run left.
    struct Result {
        let status: Int32
        let output: String
        let error: String

        /// The lines of standard output.
        var results: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// The checkout.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The binary that was built with the tests.
    static let url: URL = {
        let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "autochrome")
        return FileManager.default.isExecutableFile(atPath: built.path)
            ? built : root.appending(path: ".build/release/autochrome")
    }()

    /// Runs the program and waits for its end.
    static func run(
        _ arguments: String..., in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        try run(arguments: arguments, in: folder, environment: environment)
    }

    /// Runs the program, or a copy of it, and waits for its end.
    static func run(
        _ program: URL = url, arguments: [String], in folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> Result {
        let process = process(arguments, in: folder, environment: environment)
        process.executableURL = program
        return try Started(process).result()
    }

    /// Runs the program as several processes at once that share the work, and waits for all.
    ///
    /// - Parameter arguments: of each process, given its rank.
    static func run(
        processes: Int, in folder: URL, environment: [String: String] = [:],
        arguments: (_ rank: Int) -> [String]
    ) throws -> [Result] {
        let started = try (0..<processes).map { rank in
            let share = ["RANK": "\(rank)", "WORLD_SIZE": "\(processes)"]
            return try Started(
                process(
                    arguments(rank), in: folder,
                    environment: environment.merging(share) { _, new in new }))
        }
        return try started.map { try $0.result() }
    }

    /// A port for processes that meet: below those that the system gives to connections, of which
    /// the tests of the server hold thousands.
    static func meetingPort() -> Int { .random(in: 20_000..<30_000) }

    /// The program, ready to start.
    static func process(
        _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        return process
    }
}

/// A process that runs, and what it writes.
private struct Started {
    let process: Process
    let output: Capture
    let error: Capture

    init(_ process: Process) throws {
        self.process = process
        (output, error) = (try Capture(), try Capture())
        process.standardOutput = output.handle
        process.standardError = error.handle
        try process.run()
    }

    func result() throws -> Program.Result {
        process.waitUntilExit()
        return Program.Result(
            status: process.terminationStatus, output: try output.text(), error: try error.text())
    }
}

/// A file without a name that takes what a process writes, however much, and goes with its handle.
private struct Capture {
    let handle: FileHandle

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        handle = try FileHandle(forUpdating: url)
    }

    func text() throws -> String {
        try handle.seek(toOffset: 0)
        return String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    }
}
