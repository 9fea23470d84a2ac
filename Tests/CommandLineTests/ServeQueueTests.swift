import Foundation
import Testing

/// Who waits and who is sent away.
@Suite(.serialized) struct ServeQueueTests {
    private let photo = TestPhoto.grey(width: 640, height: 480)

    /// A client whose photograph keeps a server's only worker busy for seconds.
    private func occupy(_ server: ServedProgram) throws -> ClientSocket {
        let client = try server.connect()
        try client.send("POST", "/v1/colorize?detail=1536", body: photo)
        try server.wait(until: "autochrome_working") { $0 == 1 }
        return client
    }

    /// Photographs of which something became so far.
    private func finished(_ server: ServedProgram) throws -> Double {
        try ["colored", "left", "failed"].map {
            try server.figure("autochrome_photographs_total{outcome=\"\($0)\"}")
        }.reduce(0, +)
    }

    @Test("Past the queue's end requests are told to come again; who leaves frees the place")
    func overflow() throws {
        let server = try ServedProgram("--workers", "1")
        // One that is worked on and 64 that wait.
        var held: [ClientSocket] = []
        for _ in 0..<65 { held.append(try server.begin(photo)) }
        try server.wait(until: "autochrome_waiting") { $0 == 65 }
        for path in ["/v1/colorize", "/session/photographs", "/v1/colorize"] {
            let answer = try server.request("POST", path, body: photo)
            #expect(answer.status == 503 && Int(answer["Retry-After"] ?? "") != nil)
        }
        // Finished ones are served.
        for socket in held.prefix(3) {
            try socket.send(photo.suffix(1))
            #expect(try socket.answer().status == 200)
        }
        held.removeAll()
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        try server.waitUntilNothingIsStored()
    }

    @Test("Clients that leave while they wait or are worked on cost no more work")
    func leaving() throws {
        let server = try ServedProgram("--workers", "1")
        var clients = [try occupy(server)]
        for _ in 0..<20 {
            let client = try server.connect()
            try client.send("POST", "/v1/colorize", body: photo)
            clients.append(client)
        }
        try server.wait(until: "autochrome_waiting") { $0 == 20 }
        #expect(try finished(server) == 0)
        clients.removeAll()
        // Those that wait leave at once, while the one that is worked on still is.
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        try server.wait(until: "autochrome_working") { $0 == 0 }
        #expect(try server.figure(#"autochrome_photographs_total{outcome="left"}"#) == 1)
        #expect(try finished(server) == 1)
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        try server.waitUntilNothingIsStored()
    }

    @Test("A session's photographs that are removed are not worked on any more")
    func removed() throws {
        let server = try ServedProgram("--workers", "1")
        let first = try occupy(server)
        let page = try Page(server)
        var ids: [String] = []
        for _ in 0..<8 {
            ids.append(try #require(try page.send(photo, "a.tif").object["id"] as? String))
        }
        try server.wait(until: "autochrome_waiting") { $0 == 8 }
        let position = try page.get("photographs/\(ids[7])").object["position"] as? Int
        #expect(position == 7)
        for id in ids { #expect(try page.remove(id).status == 204) }
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        #expect(try first.answer().status == 200)
        #expect(try finished(server) == 1)
        try server.waitUntilNothingIsStored()
    }
}
