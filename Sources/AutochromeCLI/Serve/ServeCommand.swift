import ArgumentParser
import Autochrome
import AutochromeServer

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `autochrome serve`: the web page and the HTTP API.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Colour photographs by a web page and an HTTP API.",
        discussion: """
            Open the address that is told in a browser. Nothing leaves this machine; other \
            machines are answered only with --host. The API is described at /openapi.yaml.
            """)

    @Option(help: "The address or name to listen at; 0.0.0.0 or :: for every address.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 for any that is free.")
    var port = 8080

    @Option(help: "The most bytes of a photograph's file, as in 200MB.")
    var maxUpload = ByteCount(bytes: 200_000_000)

    @Option(help: "The most pixels of a photograph, as in 300M.")
    var maxPixels = PixelCount(pixels: 300_000_000)

    @Option(help: "How many photographs are coloured at once.")
    var workers = 3

    @OptionGroup var network: NetworkArguments

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port is \(port); it goes from 0 to 65535.")
        }
        guard (1...64).contains(workers) else {
            throw ValidationError("--workers is \(workers); it goes from 1 to 64.")
        }
    }

    func run() async throws {
        OpenFiles.raiseLimit()
        signal(SIGPIPE, SIG_IGN)
        var limits = ServerLimits()
        limits.maxUpload = maxUpload.bytes
        limits.maxPixels = maxPixels.pixels
        limits.workers = workers
        limits.fit(openFiles: OpenFiles.limit)
        let server = try Server(
            host: host, port: port, limits: limits, model: network.model,
            device: network.device)
        let signals = ServeSignals(server)
        do {
            try await server.run(
                until: signals.stop,
                onListening: { [host] port in
                    StandardStream.error.write("Listening on \(Self.address(host, port))\n")
                }, report: { StandardStream.error.write($0 + "\n") })
        } catch {
            throw CannotListen(host: host, port: port, reason: "\(error)")
        }
        // What is still computed for nobody would meet a program that is being taken apart.
        _exit(signals.status ?? 0)
    }

    /// The address to open in a browser.
    private static func address(_ host: String, _ port: Int) -> String {
        let host = ["0.0.0.0", "::"].contains(host) ? "localhost" : host
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
    }
}

/// The address is not to be had.
private struct CannotListen: Error, CustomStringConvertible {
    let host: String
    let port: Int
    let reason: String

    var description: String {
        "The server cannot listen at \(host), port \(port): \(reason). Choose another --port or "
            + "--host."
    }
}
