import Foundation
import Testing

/// `autochrome serve` on a port of its own, ended with the value.
final class ServedProgram {
    let process: Process
    let port: UInt16

    /// Where it keeps what is sent to it.
    let scratch: Scratch

    /// Everything it said on standard error.
    private let log: URL

    struct DidNotStart: Error {
        let log: String
    }

    /// Starts it and waits until it listens.
    ///
    /// - Parameters:
    ///   - arguments: what follows `serve`.
    ///   - spool: the folder for temporary files; nil for one of its own.
    ///   - environment: variables that it finds besides.
    init(
        _ arguments: String..., spool: URL? = nil, environment: [String: String] = [:]
    ) throws {
        scratch = try Scratch()
        try scratch.makeFolder("spool")
        log = scratch.url.appending(path: "log")
        try Data().write(to: log)
        process = Program.process(
            ["serve", "--port", "0"] + arguments,
            environment: ["TMPDIR": spool?.path ?? scratch.path("spool")]
                .merging(environment) { _, new in new })
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        port = try Self.port(log, process)
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    private static func port(_ log: URL, _ process: Process) throws -> UInt16 {
        for _ in 0..<1200 {
            let text = try String(contentsOf: log, encoding: .utf8)
            if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Listening") }),
                let port = line.split(separator: ":").last.flatMap({ UInt16($0.dropLast()) })
            {
                return port
            }
            guard process.isRunning else { break }
            usleep(50_000)
        }
        process.terminate()
        throw DidNotStart(log: try String(contentsOf: log, encoding: .utf8))
    }

    var said: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// A new connection.
    func connect() throws -> ClientSocket { try ClientSocket(port: port) }

    /// One request on a connection of its own.
    func request(
        _ method: String, _ path: String, headers: [String: String] = [:], body: Data = Data()
    ) throws -> Answer {
        let socket = try connect()
        try socket.send(method, path, headers: headers, body: body)
        return try socket.answer()
    }

    /// A request for a photograph's colours of which the last byte is missing.
    func begin(_ photo: Data) throws -> ClientSocket {
        let socket = try connect()
        let head = socket.head("POST", "/v1/colorize", length: photo.count)
        try socket.send(Data(head.utf8) + photo.dropLast())
        return socket
    }

    /// A figure of `/metrics`, labels and all.
    func figure(_ name: String) throws -> Double {
        let text = try request("GET", "/metrics").text
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return try #require(line.flatMap { Double($0.dropFirst(name.count + 1)) }, "\(text)")
    }

    /// Waits until a figure is as it should be, for half a minute.
    func wait(until name: String, _ condition: (Double) -> Bool) throws {
        var value = try figure(name)
        for _ in 0..<600 where !condition(value) {
            usleep(50_000)
            value = try figure(name)
        }
        #expect(condition(value), "\(name) is \(value)")
    }

    /// Files that wait in the temporary folder.
    func storedFiles() throws -> [String] {
        try scratch.files().filter { $0.hasPrefix("spool/") }
    }

    /// Waits until the temporary folder is empty: a file goes when its answer's last bytes have
    /// gone, which is when the client has them.
    func waitUntilNothingIsStored() throws {
        for _ in 0..<600 where try !storedFiles().isEmpty { usleep(50_000) }
        #expect(try storedFiles() == [])
        // A file's bytes are counted off behind its removal.
        try wait(until: "autochrome_stored_bytes") { $0 == 0 }
    }
}
