package import Autochrome
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle

/// The web page and the HTTP API.
package final class Server: Sendable {
    private let parts: ServerParts
    private let host: String
    private let port: Int

    /// Loads the model and makes the temporary folder.
    ///
    /// - Parameters:
    ///   - host: the name or address to listen at.
    ///   - port: the port; 0 for any that is free.
    ///   - limits: what it takes on.
    ///   - model: a model file; nil for the one that came with the program.
    ///   - device: where the network computes.
    ///   - precision: what a CPU computes in.
    /// - Throws: `WeightsError`, `SpoolError`
    package init(
        host: String, port: Int, limits: ServerLimits, model: String?, device: Device,
        precision: ComputingPrecision = .automatic
    ) throws {
        self.host = host
        self.port = port
        PhotoLibrary.boundMemory()
        parts = try ServerParts(
            model: ServedModel(file: model, device: device, precision: precision), limits: limits)
    }

    /// What is answered, as in `GET /health`; that HEAD goes with GET is not told.
    package var operations: Set<String> { Routes(server: parts).operations }

    /// Removes the temporary folder: for ends that `run` does not see.
    package func removeFolder() { parts.spool.remove() }

    /// Answers requests until `stop` has an element; then those that are being answered are
    /// finished, and no others begun.
    ///
    /// - Parameters:
    ///   - stop: its first element ends the server.
    ///   - onListening: told the port once requests are answered.
    ///   - report: told of what is the server's own fault.
    package func run(
        until stop: AsyncStream<Void>, onListening: @escaping @Sendable (Int) -> Void,
        report: @escaping @Sendable (String) -> Void
    ) async throws {
        defer { parts.spool.remove() }
        let application = buildApplication(
            parts, host: host, port: port, onListening: onListening, report: report)
        let group = ServiceGroup(
            configuration: .init(services: [application], logger: application.logger))
        let sweeping = Task { [parts] in
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(30))
                parts.sessions.sweep()
                PhotoLibrary.returnMemory()
            }
        }
        let stopping = Task { [parts] in
            for await _ in stop { break }
            guard !Task.isCancelled else { return }
            parts.sessions.removeAll()
            await group.triggerGracefulShutdown()
        }
        defer {
            sweeping.cancel()
            stopping.cancel()
        }
        try await group.run()
    }
}
