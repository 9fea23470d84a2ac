internal import HTTPTypes
internal import Hummingbird

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Answers only requests that were meant for this server, and sent by nobody's page but its own.
///
/// A page from elsewhere can have its own name lead to this machine (DNS rebinding); such requests
/// have a foreign `Host`. Requests that another page sends have its `Origin`.
struct OwnOrigin: RouterMiddleware {
    typealias Context = ServerContext

    /// Names, in lower case, that lead here.
    private let names: Set<String>

    /// Whether any address in numbers is taken: nobody can make one of those lead elsewhere.
    private let takesAddresses: Bool

    /// - Parameter host: what the server is bound to.
    init(host: String) {
        var names: Set = ["localhost", "127.0.0.1", "[::1]", Self.bracketed(host.lowercased())]
        takesAddresses = !names.subtracting(["localhost"]).isSubset(of: ["127.0.0.1", "[::1]"])
        var name = [CChar](repeating: 0, count: 256)
        if takesAddresses, gethostname(&name, name.count - 1) == 0 {
            let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            names.insert(String(decoding: bytes, as: UTF8.self).lowercased())
        }
        self.names = names
    }

    func handle(
        _ request: Request, context: ServerContext,
        next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority?.lowercased(), isOwn(authority) else {
            throw Problem(
                .forbidden,
                "Host is \"\(request.head.authority ?? "")\", which is not this server's name; "
                    + "start it with --host to give it another.")
        }
        if let origin = request.headers[.origin]?.lowercased(),
            origin != "http://\(authority)", origin != "https://\(authority)"
        {
            throw Problem(.forbidden, "Pages of \(origin) are not allowed to use this server.")
        }
        return try await next(request, context)
    }

    private func isOwn(_ authority: String) -> Bool {
        guard let host = Self.host(of: authority) else { return false }
        return names.contains(host) || takesAddresses && Self.isAddress(host)
    }

    /// The host of `host` or `host:port`; nil where it is neither.
    private static func host(of authority: String) -> String? {
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
            : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let end else { return nil }
        let port = authority[end...]
        guard port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else {
            return nil
        }
        return String(authority[..<end])
    }

    private static func bracketed(_ host: String) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    }

    /// Whether a host is an address in numbers.
    private static func isAddress(_ host: String) -> Bool {
        var address = in6_addr()
        if host.hasPrefix("[") {
            return inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1
        }
        return inet_pton(AF_INET, host, &address) == 1
    }
}
