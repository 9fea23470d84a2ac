import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What the server does when there is too much of something. Each test counts what it tried.
@Suite(.serialized) struct ServeLoadTests {
    private let photo = TestPhoto.grey(width: 60, height: 40)

    /// A request of which the last byte is missing.
    private func begin(_ server: ServedProgram) throws -> ClientSocket {
        let socket = try server.connect()
        let head = socket.head("POST", "/v1/colorize", length: photo.count)
        try socket.send(Data(head.utf8) + photo.dropLast())
        return socket
    }

    @Test("Past the queue's end requests are told to come again; who leaves frees the place")
    func overflow() throws {
        let server = try ServedProgram("--workers", "1")
        // One that is worked on and 64 that wait.
        var held: [ClientSocket] = []
        for _ in 0..<65 { held.append(try begin(server)) }
        try server.wait(until: "autochrome_waiting") { $0 == 65 }
        var refused = 0
        for path in ["/v1/colorize", "/session/photographs", "/v1/colorize"] {
            let answer = try server.request("POST", path, body: photo)
            #expect(answer.status == 503 && Int(answer["Retry-After"] ?? "") != nil)
            if answer.status == 503 { refused += 1 }
        }
        #expect(refused == 3)
        // Finished ones are served.
        for socket in held.prefix(3) {
            try socket.send(photo.suffix(1))
            #expect(try socket.answer().status == 200)
        }
        held.removeAll()
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        #expect(try server.storedFiles().isEmpty)
    }

    @Test("Clients that leave while they wait or are worked on cost no more work")
    func leaving() throws {
        let server = try ServedProgram("--workers", "1")
        let large = TestPhoto.grey(width: 5000, height: 4000)
        var clients: [ClientSocket] = []
        for _ in 0..<6 {
            let client = try server.connect()
            try client.send("POST", "/v1/colorize", body: large)
            clients.append(client)
        }
        try server.wait(until: "autochrome_waiting") { $0 >= 4 }
        clients.removeAll()
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        try server.wait(until: "autochrome_working") { $0 == 0 }
        let colored = try server.figure(#"autochrome_photographs_total{outcome="colored"}"#)
        let left = try server.figure(#"autochrome_photographs_total{outcome="left"}"#)
        #expect(colored + left >= 1 && colored + left <= 2, "\(colored) coloured, \(left) left")
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        #expect(try server.storedFiles().isEmpty)
    }

    @Test("A session's photograph that is removed is not worked on any more")
    func removed() throws {
        let server = try ServedProgram("--workers", "1")
        let cookie = try #require(try server.request("GET", "/")["Set-Cookie"])
        let headers = ["Cookie": String(cookie.prefix { $0 != ";" })]
        let large = TestPhoto.grey(width: 4000, height: 3000)
        var ids: [String] = []
        for _ in 0..<8 {
            let answer = try server.request(
                "POST", "/session/photographs", headers: headers, body: large)
            ids.append(try #require(answer.object["id"] as? String))
        }
        for id in ids {
            _ = try server.request("DELETE", "/session/photographs/\(id)", headers: headers)
        }
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        try server.wait(until: "autochrome_working") { $0 == 0 }
        let states = ["colored", "left", "failed"]
        let worked = try states.map {
            try server.figure("autochrome_photographs_total{outcome=\"\($0)\"}")
        }.reduce(0, +)
        #expect(worked >= 1 && worked < 8, "\(worked) of 8")
        #expect(try server.figure("autochrome_stored_bytes") == 0)
        #expect(try server.storedFiles().isEmpty)
    }

    @Test("Slow senders are not waited for, neither for a head nor for a body")
    func slowSenders() throws {
        let server = try ServedProgram("--workers", "1")
        let head = try server.connect()
        try head.send(Data("GET /health HTTP/1.1\r\nHost: loc".utf8))
        let silent = try server.connect()
        let body = try server.connect()
        let start = body.head("POST", "/v1/colorize", length: photo.count)
        try body.send(Data(start.utf8))
        // A byte now and then keeps no connection open.
        body.drip(photo)
        #expect(try body.answer().status == 408)
        #expect(try head.answer().status == 408)
        #expect(try silent.receive().isEmpty)
        #expect(try server.figure("autochrome_connections_timed_out_total") == 2)
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        #expect(try server.storedFiles().isEmpty)
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }

    @Test("A body that ends too early, and one that goes on, harm nobody else")
    func wrongLengths() throws {
        let server = try ServedProgram()
        var tried = 0
        for _ in 0..<20 {
            _ = try begin(server)
            let longer = try server.connect()
            try longer.send("POST", "/v1/colorize", body: photo)
            try longer.send(Data("what is this".utf8) + Data("\r\n\r\n".utf8))
            #expect(try longer.answer().status == 200)
            #expect(try longer.answer().status == 400)
            tried += 1
        }
        #expect(tried == 20)
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        #expect(try server.storedFiles().isEmpty)
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }

    @Test("Ten thousand silent connections keep nobody out, and memory is bounded")
    func manyConnections() throws {
        let count = 10_000
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        try #require(
            Int(clamping: limit.rlim_max) > count + 200,
            "this test needs \(count) open files; raise the hard limit (ulimit -Hn)")
        let server = try ServedProgram()
        _ = try server.request("POST", "/v1/colorize", body: photo)
        let before = try server.figure("autochrome_resident_bytes")
        var sockets: [ClientSocket] = []
        var served = 0
        for number in 0..<count {
            sockets.append(try server.connect())
            guard number % 1000 == 999 else { continue }
            let answer = try server.request("POST", "/v1/colorize", body: photo)
            if answer.status == 200 { served += 1 }
        }
        #expect(sockets.count == count && served == 10)
        #expect(try server.figure("autochrome_connections") <= 1000)
        let evicted = try server.figure("autochrome_connections_evicted_total")
        #expect(evicted >= Double(count - 1000 - 10), "\(evicted) evicted")
        let after = try server.figure("autochrome_resident_bytes")
        #expect(after < before + 200e6, "\(before) before, \(after) after")
    }
}
