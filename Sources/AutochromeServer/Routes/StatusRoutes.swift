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
                byteBuffer: ByteBuffer(string: server.metrics.text(with: figures))))
    }

    private var figures: [Metric] {
        let (working, waiting) = server.queue.counts
        let (open, evicted, timedOut) = server.connections.counts
        let (sessions, photographs) = server.sessions.counts
        return [
            Metric("autochrome_working", Double(working), "Photographs being coloured."),
            Metric("autochrome_waiting", Double(waiting), "Places taken by those that wait."),
            Metric("autochrome_connections", Double(open), "Open connections."),
            Metric(
                "autochrome_connections_evicted_total", Double(evicted),
                "Connections closed to make room for others.", type: "counter"),
            Metric(
                "autochrome_connections_timed_out_total", Double(timedOut),
                "Connections closed because their client was too slow.", type: "counter"),
            Metric("autochrome_sessions", Double(sessions), "Sessions of the page."),
            Metric(
                "autochrome_session_photographs", Double(photographs),
                "Photographs in these sessions."),
            Metric(
                "autochrome_stored_bytes", Double(server.spool.bytes),
                "Bytes of uploads in the temporary folder."),
            Metric(
                "autochrome_kept_bytes", Double(server.sights.bytes),
                "Bytes of predictions and small pictures kept for sliders."),
            Metric(
                "autochrome_resident_bytes", Double(PeakMemory.current),
                "Memory of the process that is resident."),
        ]
    }
}
