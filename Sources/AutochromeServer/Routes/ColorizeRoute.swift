internal import Autochrome
internal import HTTPTypes
internal import Hummingbird

/// `POST /v1/colorize`: a photograph in, the coloured photograph out.
struct ColorizeRoute: Sendable {
    let server: ServerParts

    func respond(_ request: Request, _ context: ServerContext) async throws -> Response {
        do {
            return try await answer(request, context)
        } catch {
            throw Problem(error).withoutSession
        }
    }

    private func answer(_ request: Request, _ context: ServerContext) async throws -> Response {
        let query = Query(request.uri)
        let options = try query.options(for: server.model, maxPixels: server.limits.maxPixels)
        let place = try server.queue.enter()
        let upload = try await Upload(
            request, name: nil, maxUpload: server.limits.maxUpload, spool: server.spool)
        let result = try await server.connections.whileOpen(context.channel) {
            let photograph = try await SentPhotograph(
                upload, maxPixels: server.limits.maxPixels)
            return try await place.work {
                try await server.metrics.counting { try await color(photograph, options) }
            }
        }
        var response = try result.file.response(type: result.type)
        if !result.warnings.isEmpty {
            response.headers[.named("Autochrome-Warnings")] =
                result.warnings.map(FileName.sentence).joined(separator: " ")
        }
        return response
    }

    private struct Result: Sendable {
        let file: SpoolFile
        let type: String
        let warnings: [String]
    }

    /// The stages, between which a client that has left is noticed.
    private func color(
        _ photograph: SentPhotograph, _ options: ColorizeOptions
    ) async throws -> Result {
        let (photo, colorizer) = (photograph.photo, server.model.colorizer)
        let view = try await colorizer.see(photo, options: options)
        try Task.checkCancellation()
        if options.skipsColored, ColorContent(view.planes) == .colored {
            throw Problem(
                .unprocessableContent,
                "\(photograph.name): in colour already; recolor=true takes it, too.")
        }
        let upsampling = try await colorizer.colors(of: view, options: options)
        try Task.checkCancellation()
        let (file, warnings) = try await photograph.write(
            upsampling, with: colorizer, options: options, into: server.spool)
        return Result(
            file: file, type: (options.format ?? photo.format).mediaType, warnings: warnings)
    }
}
