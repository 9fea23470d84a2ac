internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The cookie that names a session: no script can read it, and no other site's page sends it.
///
/// Cookies do not tell ports apart, so the port is in the cookie's name: two servers of one
/// machine leave each other's sessions alone.
struct SessionCookie {
    private let cookie: String

    init(_ context: ServerContext) {
        cookie = "autochrome-\(context.channel.localAddress?.port ?? 0)"
    }

    /// The session that a request belongs to, as it says.
    func name(in request: Request) -> String? {
        for field in request.headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == cookie else {
                    continue
                }
                return String(parts[1])
            }
        }
        return nil
    }

    /// The field that sets it.
    func field(_ session: String) -> String {
        "\(cookie)=\(session); Path=/; HttpOnly; SameSite=Strict"
    }
}
