internal import HTTPTypes
internal import Hummingbird

/// Every address there is, in one table.
struct Routes {
    typealias Answer = @Sendable (Request, ServerContext) async throws -> Response

    private struct Route {
        let method: HTTPRequest.Method
        let path: String
        let answer: Answer

        /// Whether the answer is at hand, so that its head alone may be asked for.
        var isCheap: Bool {
            !["/before", "/after", "/file", "/archive", "/presence", "/proposals", "/undecided"]
                .contains { path.hasSuffix($0) }
        }
    }

    private let table: [Route]

    init(server: ServerParts) {
        let (colorize, archive) = (ColorizeRoute(server: server), ArchiveRoute(server: server))
        let (status, session) = (StatusRoutes(server: server), SessionRoutes(server: server))
        let photograph = "/session/photographs/{id}"
        var table: [Route] = [
            Route(method: .post, path: "/v1/colorize", answer: colorize.respond),
            Route(method: .get, path: "/v1/model", answer: status.model),
            Route(method: .get, path: "/health", answer: status.health),
            Route(method: .get, path: "/metrics", answer: status.metrics),
            Route(method: .get, path: "/session/limits", answer: session.limits),
            Route(method: .get, path: "/session/photographs", answer: session.list),
            Route(method: .post, path: "/session/photographs", answer: session.add),
            Route(method: .get, path: "/session/presence", answer: session.presence),
            Route(method: .get, path: photograph, answer: session.state),
            Route(method: .delete, path: photograph, answer: session.remove),
            Route(method: .get, path: photograph + "/before", answer: session.before),
            Route(method: .get, path: photograph + "/after", answer: session.after),
            Route(method: .get, path: photograph + "/file", answer: session.file),
            Route(method: .get, path: photograph + "/hints", answer: session.hints),
            Route(method: .put, path: photograph + "/hints", answer: session.setHints),
            Route(method: .delete, path: photograph + "/hints", answer: session.removeHints),
            Route(method: .post, path: photograph + "/preview", answer: session.preview),
            Route(method: .get, path: photograph + "/proposals", answer: session.proposals),
            Route(method: .get, path: photograph + "/undecided", answer: session.undecidedPlace),
            Route(method: .post, path: "/session/palette", answer: session.palette),
            Route(method: .get, path: "/session/archive", answer: archive.respond),
            Route(
                method: .get, path: "/",
                answer: { PageRoutes.page($0, $1, server) }),
        ]
        table += PageRoutes.files.map { file in
            Route(method: .get, path: file.path) { _, _ in PageRoutes.answer(file) }
        }
        self.table = table
    }

    /// Each address with its method, as in `GET /health`.
    var operations: Set<String> { Set(table.map { "\($0.method.rawValue) \($0.path)" }) }

    /// Adds them to a router, and to each address an answer for the methods it does not take.
    func add(to router: Router<ServerContext>) {
        for (path, routes) in Dictionary(grouping: table, by: \.path) {
            for route in routes {
                router.on(RouterPath(path), method: route.method, use: route.answer)
            }
            var taken = routes.map(\.method.rawValue).sorted()
            if let cheap = routes.first(where: { $0.method == .get && $0.isCheap }) {
                router.on(RouterPath(path), method: .head, use: cheap.answer)
                taken.append("HEAD")
            }
            let refusal = refusal(taken: taken, path)
            for name in Self.methods where !taken.contains(name) {
                guard let method = HTTPRequest.Method(name) else { continue }
                router.on(RouterPath(path), method: method, use: refusal)
            }
        }
    }

    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY",
    ]

    private func refusal(taken: [String], _ path: String) -> Answer {
        { request, _ in
            let allowed = taken.joined(separator: ", ")
            var response = Problem(
                .methodNotAllowed, "\(path) takes \(allowed), not \(request.method.rawValue)."
            ).response
            response.headers[.allow] = allowed
            return response
        }
    }
}
