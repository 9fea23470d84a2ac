internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What the page asks for, below `/session`.
struct SessionRoutes: Sendable {
    let server: ServerParts
    private var studio: SessionColorizer { server.studio }

    func limits(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        return JSON.response(
            Limits(
                maxUploadBytes: server.limits.maxUpload,
                formats: PhotoFormat.allCases.map(\.rawValue),
                model: server.model.description.name,
                takesVividness: server.model.takesVividness,
                takesHints: server.model.colorizer.takesHints,
                endsWithPages: server.visit != nil))
    }

    private struct Limits: Encodable {
        let maxUploadBytes: Int
        let formats: [String]
        let model: String
        let takesVividness: Bool
        let takesHints: Bool
        let endsWithPages: Bool
    }

    /// The photographs that the session has, as when its page is loaded again.
    func list(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        let name = SessionCookie(context).name(in: request)
        return JSON.response(
            List(
                photographs: server.sessions.photographs(of: name).map(PhotographState.init),
                problems: server.visit.flatMap { $0.session == name ? $0.problems : nil } ?? []))
    }

    private struct List: Encodable {
        let photographs: [PhotographState]
        let problems: [String]
    }

    /// Takes a photograph in, and answers before it is looked at.
    func add(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = Query(request.uri)
        try query.allow("name")
        let name = try query.value("name")
        let session = SessionCookie(context)
        let place = try server.queue.enter()
        let (photograph, owner) = try await server.sessions.whileKept(session.name(in: request)) {
            let upload = try await receive(request, name)
            let sent = try await SentPhotograph(upload, maxPixels: server.limits.maxPixels)
            let owner = server.sessions.open(session.name(in: request))
            let photograph = SessionPhotograph(sent, place: place)
            try server.sessions.add(photograph, to: owner)
            return (photograph, owner)
        }
        var response = JSON.response(PhotographState(photograph), status: .created)
        response.headers[.location] = "/session/photographs/\(photograph.id)"
        response.headers[.setCookie] = session.field(owner)
        photograph.start { [studio, weak photograph] place in
            if let photograph { await studio.develop(photograph, place) }
        }
        return response
    }

    private func receive(_ request: Request, _ name: String?) async throws -> Upload {
        if server.spool.bytes > server.spool.capacity / 2 {
            server.sessions.sweep(makingRoom: true)
        }
        return try await Upload(
            request, name: name, maxUpload: server.limits.maxUpload, spool: server.spool)
    }

    func state(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        return JSON.response(PhotographState(try photograph(request, context)))
    }

    func before(_ request: Request, _ context: ServerContext) async throws -> Response {
        try Query(request.uri).allow()
        let photograph = try photograph(request, context)
        return try await server.connections.whileOpen(context.channel) {
            jpeg(try await studio.before(photograph))
        }
    }

    func after(_ request: Request, _ context: ServerContext) async throws -> Response {
        let settings = try settings(request)
        let photograph = try photograph(request, context)
        return try await server.connections.whileOpen(context.channel) {
            photograph.settings = settings
            let hints = try await photograph.hints?.hints()
            return jpeg(try await studio.after(photograph, settings, hints: hints))
        }
    }

    func file(_ request: Request, _ context: ServerContext) async throws -> Response {
        let settings = try settings(request)
        let photograph = try photograph(request, context)
        let file = try await server.connections.whileOpen(context.channel) {
            try await studio.file(photograph, settings)
        }
        photograph.settings = settings
        var response = try file.response(type: photograph.sent.photo.format.mediaType) {
            photograph.isFetched = true
        }
        let name = FileName.result(of: photograph.sent.name)
        response.headers[.contentDisposition] = FileName.attachment(name)
        return response
    }

    func remove(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        let photograph = try photograph(request, context)
        server.sessions.remove(photograph, of: SessionCookie(context).name(in: request))
        return Response(status: .noContent)
    }

    func settings(_ request: Request) throws -> Settings {
        let query = Query(request.uri)
        try query.allow("vividness", "saturation")
        return try query.settings()
    }

    func photograph(
        _ request: Request, _ context: ServerContext
    ) throws -> SessionPhotograph {
        try server.sessions.photograph(
            context.parameters.get("id"), of: SessionCookie(context).name(in: request))
    }

    func jpeg(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/jpeg"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
