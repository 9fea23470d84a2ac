internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// The whole server, ready to run.
///
/// - Parameters:
///   - server: what the routes share.
///   - host: the name or address to listen at.
///   - port: the port; 0 for any that is free.
///   - onListening: called with the port once requests are answered.
///   - report: called with faults of the server itself.
func buildApplication(
    _ server: ServerParts, host: String, port: Int,
    onListening: @escaping @Sendable (Int) -> Void, report: @escaping @Sendable (String) -> Void
) -> some ApplicationProtocol {
    let router = Router(context: ServerContext.self)
    router.add(middleware: Answers(metrics: server.metrics, report: report))
    router.add(middleware: OwnOrigin(host: host))
    Routes(server: server).add(to: router)
    let (connections, limits) = (server.connections, server.limits)
    return Application(
        router: router,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [
                    ConnectionHandler(
                        connections: connections, times: limits.times,
                        maxUpload: limits.maxUpload)
                ],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 64 * 1024, maxHeaderListSize: 96 * 1024,
                    maxHeaderFieldCount: 100))),
        configuration: ApplicationConfiguration(
            address: .hostname(host, port: port), backlog: 1024,
            // Closing takes a moment, in which more may come.
            availableConnectionsDelegate: MaximumAvailableConnections(
                limits.connections + 200, logger: quiet)),
        onServerRunning: { onListening($0.localAddress?.port ?? port) },
        logger: quiet)
}

/// The library's own log: faults only, since the program writes to standard error.
private let quiet: Logger = {
    var logger = Logger(label: "autochrome")
    logger.logLevel = .error
    return logger
}()
