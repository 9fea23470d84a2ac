internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

// What a person says of a photograph's colours.
extension SessionRoutes {
    /// The hints as they were sent.
    func hints(_ request: Request, _ context: ServerContext) async throws -> Response {
        try Query(request.uri).allow()
        let photograph = try photograph(request, context)
        guard let kept = photograph.hints else {
            throw Problem(.notFound, "\(photograph.sent.name) has no hints.")
        }
        return json(try await kept.document())
    }

    /// Takes hints in the place of those that the photograph has.
    func setHints(_ request: Request, _ context: ServerContext) async throws -> Response {
        try Query(request.uri).allow()
        let photograph = try photograph(request, context)
        let (document, hints) = try await sentHints(request)
        photograph.hints =
            hints.isEmpty
            ? nil : try await KeptHints(document, hints, in: server.spool)
        return JSON.response(PhotographState(photograph))
    }

    func removeHints(_ request: Request, _ context: ServerContext) throws -> Response {
        try Query(request.uri).allow()
        try photograph(request, context).hints = nil
        return Response(status: .noContent)
    }

    /// The photograph in colour with the hints that are sent; they are not kept.
    func preview(_ request: Request, _ context: ServerContext) async throws -> Response {
        let settings = try settings(request)
        let photograph = try photograph(request, context)
        let hints = try await sentHints(request).hints
        return try await server.connections.whileOpen(context.channel) {
            jpeg(try await server.studio.after(photograph, settings, hints: hints))
        }
    }

    /// The likely colours at a place.
    func proposals(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = Query(request.uri)
        try query.allow("x", "y")
        let (x, y) = (try query.fraction("x"), try query.fraction("y"))
        let photograph = try photograph(request, context)
        return try await server.connections.whileOpen(context.channel) {
            let found = try await server.studio.proposals(photograph, x: x, y: y)
            return JSON.response(
                ProposalList(found.proposals, lightness: found.lightness))
        }
    }

    private struct ProposalList: Encodable {
        struct Proposal: Encodable {
            let color: String
            let likelihood: Double
        }

        /// L*, 0...100.
        let lightness: Float
        let proposals: [Proposal]

        init(_ found: Proposals, lightness: Float) {
            self.lightness = lightness
            proposals = found.proposals.map {
                Proposal(
                    color: $0.color.hex(lightness: lightness), likelihood: $0.likelihood)
            }
        }
    }

    /// Where a click would help most.
    func undecidedPlace(_ request: Request, _ context: ServerContext) async throws -> Response {
        try Query(request.uri).allow()
        let photograph = try photograph(request, context)
        return try await server.connections.whileOpen(context.channel) {
            guard let place = try await server.studio.undecidedPlace(photograph) else {
                return Response(status: .noContent)
            }
            return JSON.response(PlaceReport(x: place.x, y: place.y))
        }
    }

    private struct PlaceReport: Encodable {
        let x: Double
        let y: Double
    }

    /// The palette of a photograph in colour, as a document of hints; the photograph is not kept.
    func palette(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = Query(request.uri)
        try query.allow("name")
        let name = try query.value("name")
        let place = try server.queue.enter()
        let upload = try await Upload(
            request, name: name, maxUpload: server.limits.maxUpload, spool: server.spool)
        return try await server.connections.whileOpen(context.channel) {
            let sent = try await SentPhotograph(upload, maxPixels: server.limits.maxPixels)
            return try await place.work {
                json(try await blocking { try Palette(of: sent.photo).file })
            }
        }
    }

    /// A document of hints that was sent.
    private func sentHints(
        _ request: Request
    ) async throws -> (document: [UInt8], hints: Hints) {
        var document: [UInt8] = []
        for try await buffer in request.body {
            document += buffer.readableBytesView
            guard document.count <= KeptHints.mostBytes else {
                throw Problem(
                    .contentTooLarge, "Hints may have at most \(KeptHints.mostBytes) bytes here.")
            }
        }
        let hints = try Hints(content: document, file: KeptHints.name)
        try server.model.colorizer.checkListening(to: hints)
        return (document, hints)
    }

    private func json(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Query {
    /// A fraction of a picture's side.
    fileprivate func fraction(_ name: String) throws(Problem) -> Double {
        guard let value = try number(name, as: Double.self), (0...1).contains(value) else {
            throw Problem(
                .badRequest,
                "\(name) tells where, from 0 to 1, as a fraction of the picture's side.")
        }
        return value
    }
}
