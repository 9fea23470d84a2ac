internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension SessionRoutes {
    /// Events without content for as long as the page is open, which tell the server so.
    func presence(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        // An event source that is answered so does not ask again.
        guard let visit = server.visit else { return Response(status: .noContent) }
        let (connections, sessions) = (server.connections, server.sessions)
        let (channel, name) = (context.channel, SessionCookie(context).name(in: request))
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                let page = visit.presence.open()
                defer { visit.presence.close(page) }
                repeat {
                    _ = sessions.photographs(of: name)
                    try await writer.write(ByteBuffer(string: ": here\n\n"))
                } while try await connections.whileOpen(channel) {
                    for await _ in page.beats { return true }
                    return false
                }
                try await writer.finish(nil)
            })
    }
}
