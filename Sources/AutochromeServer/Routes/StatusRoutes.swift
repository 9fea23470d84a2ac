internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// How the server is.
struct StatusRoutes: Sendable {
    let server: ServerParts

    func health(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        return JSON.response(["status": "ok"])
    }

    func model(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        return JSON.response(server.model.description)
    }

    func metrics(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: server.metrics.text(gauges: gauges))))
    }

    private var gauges: [Gauge] {
        let (working, waiting) = server.queue.counts
        let (open, evicted, timedOut) = server.connections.counts
        let (sessions, photographs) = server.sessions.counts
        return [
            Gauge("autochrome_working", Double(working), "Photographs being coloured."),
            Gauge("autochrome_waiting", Double(waiting), "Places taken by those that wait."),
            Gauge("autochrome_connections", Double(open), "Open connections."),
            Gauge(
                "autochrome_connections_evicted_total", Double(evicted),
                "Connections closed to make room for others.", type: "counter"),
            Gauge(
                "autochrome_connections_timed_out_total", Double(timedOut),
                "Connections closed because their client was too slow.", type: "counter"),
            Gauge("autochrome_sessions", Double(sessions), "Sessions of the page."),
            Gauge(
                "autochrome_session_photographs", Double(photographs),
                "Photographs in these sessions."),
            Gauge(
                "autochrome_stored_bytes", Double(server.spool.bytes),
                "Bytes of uploads in the temporary folder."),
            Gauge(
                "autochrome_kept_bytes", Double(server.sights.bytes),
                "Bytes of predictions and small pictures kept for sliders."),
            Gauge(
                "autochrome_resident_bytes", Double(PeakMemory.current),
                "Memory of the process that is resident."),
        ]
    }
}
