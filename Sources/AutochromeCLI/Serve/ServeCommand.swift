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
            Open the printed address in a browser, or use --open. Nothing leaves this machine; \
            other machines have access only with --host. There is no authentication or TLS. \
            /openapi.yaml describes the API.
            """)

    @Argument(
        help: ArgumentHelp(
            "Photographs on the page at the start; with --open.", valueName: "photograph"),
        completion: .file())
    var photographs: [String] = []

    @Flag(
        help: """
            Open the page in the browser, and end a minute after the last page is closed. \
            Unsaved photographs are kept for the next time.
            """)
    var open = false

    @Option(help: "Address or name to listen on; 0.0.0.0 or :: for every address.")
    var host = "127.0.0.1"

    @Option(help: "Port; 0 for any free port (default: 8080, with --open any free port).")
    var port: Int?

    @Option(help: "Maximum size of a photograph's file, as in 200MB.")
    var maxUpload = ByteCount(bytes: 200_000_000)

    @Option(help: "Maximum pixels of a photograph, as in 300M.")
    var maxPixels = PixelCount(pixels: 300_000_000)

    @Option(help: "Number of photographs coloured at once.")
    var workers = 3

    @OptionGroup var network: NetworkArguments

    func validate() throws {
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("--port is \(port); it goes from 0 to 65535.")
        }
        guard open || photographs.isEmpty else {
            throw ValidationError(
                "serve takes photographs only with --open; add --open, or omit serve to "
                    + "colour them now.")
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
        let port = port ?? (open ? 0 : 8080)
        let server = try Server(
            host: host, port: port, limits: limits, model: network.model,
            device: network.device, precision: network.precision,
            visit: open ? try VisitFolder.visit(photographs) : nil)
        let signals = ServeSignals(server)
        do {
            try await server.run(
                until: signals.stop,
                onListening: { [host, open] port in
                    let address = Self.address(host, port)
                    StandardStream.error.write("Listening on \(address)\n")
                    if open { Browser.open(address.dropLast() + server.opening) }
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
        "The server cannot listen on \(host), port \(port): \(reason). Choose another --port or "
            + "--host."
    }
}
