package import Autochrome
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle

/// The web page and the HTTP API.
package final class Server: Sendable {
    private let parts: ServerParts
    private let host: String
    private let port: Int
    private let visit: Visit?

    /// Loads the model and makes the temporary folder.
    ///
    /// - Parameters:
    ///   - host: the name or address to listen at.
    ///   - port: the port; 0 for any that is free.
    ///   - limits: what it takes on.
    ///   - model: a model file; nil for the one that came with the program.
    ///   - device: where the network computes.
    ///   - precision: what a CPU computes in.
    ///   - visit: for a server that ends when one person has closed its pages.
    /// - Throws: `WeightsError`, `SpoolError`
    package init(
        host: String, port: Int, limits: ServerLimits, model: String?, device: Device,
        precision: ComputingPrecision = .automatic, visit: Visit? = nil
    ) throws {
        self.host = host
        self.port = port
        self.visit = visit
        PhotoLibrary.boundMemory()
        parts = try ServerParts(
            model: ServedModel(file: model, device: device, precision: precision), limits: limits,
            visit: visit)
    }

    /// Operations, as in `GET /health`, without the HEAD of each GET.
    package var operations: Set<String> { Routes(server: parts).operations }

    /// The address of the page for the visit, without the server's own.
    package var opening: String { parts.visit?.address ?? "/" }

    /// Removes the temporary folder: for ends that `run` does not see.
    package func removeFolder() { parts.removeFolder() }

    /// Answers requests until `stop` has an element; then those that are being answered are
    /// finished, and no others begun.
    ///
    /// - Parameters:
    ///   - stop: its first element ends the server.
    ///   - onListening: called with the port once requests are answered.
    ///   - report: called with faults of the server itself.
    package func run(
        until stop: AsyncStream<Void>, onListening: @escaping @Sendable (Int) -> Void,
        report: @escaping @Sendable (String) -> Void
    ) async throws {
        defer {
            parts.endSessions()
            parts.removeFolder()
        }
        if let visit { await parts.begin(visit) }
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
            await waitForEnd(stop)
            guard !Task.isCancelled else { return }
            parts.endSessions()
            await group.triggerGracefulShutdown()
        }
        defer {
            sweeping.cancel()
            stopping.cancel()
        }
        try await group.run()
    }

    /// Waits for the first element of `stop`, or for the visit to be over.
    private func waitForEnd(_ stop: AsyncStream<Void>) async {
        await withTaskGroup { group in
            group.addTask { for await _ in stop { break } }
            if let presence = parts.visit?.presence {
                group.addTask {
                    while !Task.isCancelled, !presence.tick() {
                        try? await Task.sleep(for: .seconds(1))
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
    }
}
