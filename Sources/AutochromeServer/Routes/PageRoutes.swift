internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The page and what it is made of: bytes inside the program, of which this is the whole list.
enum PageRoutes {
    /// A file of `Page/`.
    struct File: Sendable {
        let path: String
        let type: String
        let bytes: [UInt8]
    }

    static let files: [File] =
        [
            File(path: "/icon.svg", type: "image/svg+xml", bytes: PackageResources.icon_svg),
            File(
                path: "/openapi.yaml", type: "application/yaml",
                bytes: PackageResources.openapi_yaml),
        ] + styles + modules

    private static let styles: [File] = [
        ("page", PackageResources.page_css),
        ("card", PackageResources.card_css),
        ("large", PackageResources.large_css),
    ].map { name, bytes in
        File(path: "/\(name).css", type: "text/css; charset=utf-8", bytes: bytes)
    }

    /// What `page.js` is made of.
    private static let modules: [File] = [
        ("card", PackageResources.card_js),
        ("compare", PackageResources.compare_js),
        ("incoming", PackageResources.incoming_js),
        ("large", PackageResources.large_js),
        ("page", PackageResources.page_js),
        ("photograph", PackageResources.photograph_js),
        ("pool", PackageResources.pool_js),
        ("presence", PackageResources.presence_js),
        ("server", PackageResources.server_js),
        ("strings", PackageResources.strings_js),
    ].map { name, bytes in
        File(path: "/\(name).js", type: "text/javascript; charset=utf-8", bytes: bytes)
    }

    /// `GET /`, which also names the session. The page that is opened for a visit gets the visit's,
    /// by a token that is out of the address then.
    static func page(
        _ request: Request, _ context: ServerContext, _ server: ServerParts
    ) -> Response {
        if let visit = server.visit, let token = Query(request.uri).values("open").first {
            var response = Response(status: .seeOther, headers: [.location: "/"])
            if visit.take(token) {
                response.headers[.setCookie] = SessionCookie(context).field(visit.session)
            }
            return response
        }
        var response = answer(
            File(
                path: "/", type: "text/html; charset=utf-8", bytes: PackageResources.index_html))
        let cookie = SessionCookie(context)
        let session = server.sessions.open(cookie.name(in: request))
        response.headers[.setCookie] = cookie.field(session)
        return response
    }

    static func answer(_ file: File) -> Response {
        Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
