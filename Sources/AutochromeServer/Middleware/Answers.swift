internal import HTTPTypes
internal import Hummingbird

/// Makes every answer whole: errors become problems, security headers are added, and it is
/// counted.
struct Answers: RouterMiddleware {
    typealias Context = ServerContext

    let metrics: ServerMetrics

    /// Told of what is the server's own fault.
    let report: @Sendable (String) -> Void

    func handle(
        _ request: Request, context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status == .internalServerError { report(problem.detail) }
            response = problem.response
        }
        for (name, value) in Self.headers where response.headers[name] == nil {
            response.headers[name] = value
        }
        // An answer to HEAD is the head of the answer to GET.
        if request.method == .head { response = response.createHeadResponse() }
        metrics.count(
            request.method.rawValue, path: context.endpointPath, status: response.status.code)
        return response
    }

    /// The page loads what the server has and nothing else, and nobody frames it.
    private static let headers: [(HTTPField.Name, String)] = [
        (
            .contentSecurityPolicy,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'"
        ),
        (.xContentTypeOptions, "nosniff"),
        (.named("Referrer-Policy"), "no-referrer"),
        (.named("X-Frame-Options"), "DENY"),
        (.named("Cross-Origin-Opener-Policy"), "same-origin"),
        (.named("Cross-Origin-Resource-Policy"), "same-origin"),
        (.cacheControl, "no-store"),
    ]
}

extension HTTPField.Name {
    /// A name that is not among those known by name.
    static func named(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(name)") else {
            preconditionFailure("\(name) is no name of a header field")
        }
        return name
    }
}
