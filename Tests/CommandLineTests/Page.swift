import Foundation
import Testing

/// A browser's part in a session: it keeps the cookie.
struct Page {
    let server: ServedProgram
    let cookie: [String: String]

    init(_ server: ServedProgram, at address: String = "/") throws {
        self.server = server
        let field = try #require(try server.request("GET", address)["Set-Cookie"])
        #expect(field.contains("HttpOnly") && field.contains("SameSite=Strict"))
        cookie = ["Cookie": String(field.prefix { $0 != ";" })]
    }

    func get(_ path: String) throws -> Answer {
        try server.request("GET", "/session/" + path, headers: cookie)
    }

    func send(_ photo: Data, _ name: String) throws -> Answer {
        try server.request(
            "POST", "/session/photographs?name=" + name, headers: cookie, body: photo)
    }

    /// Sends a photograph and waits until it was looked at.
    func add(_ photo: Data, _ name: String = "a.tif") throws -> String {
        let answer = try send(photo, name)
        try #require(answer.status == 201, "\(answer.detail)")
        let id = try #require(answer.object["id"] as? String)
        for _ in 0..<1200 {
            let state = try get("photographs/\(id)").object["state"] as? String
            if state == "done" || state == "failed" { return id }
            usleep(50_000)
        }
        throw NotLookedAt()
    }

    struct NotLookedAt: Error {}

    func remove(_ id: String) throws -> Answer {
        try server.request("DELETE", "/session/photographs/\(id)", headers: cookie)
    }
}
