import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What the server does when there is too much of something.
@Suite(.serialized) struct ServeLoadTests {
    private let photo = TestPhoto.grey(width: 640, height: 480)

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
        try server.waitUntilNothingIsStored()
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }

    @Test("A body that ends too early, and one that goes on, harm nobody else")
    func wrongLengths() throws {
        let server = try ServedProgram()
        for _ in 0..<20 {
            _ = try server.begin(photo)
            let longer = try server.connect()
            try longer.send("POST", "/v1/colorize", body: photo)
            try longer.send(Data("what is this".utf8) + Data("\r\n\r\n".utf8))
            #expect(try longer.answer().status == 200)
            #expect(try longer.answer().status == 400)
        }
        try server.wait(until: "autochrome_waiting") { $0 == 0 }
        try server.waitUntilNothingIsStored()
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }

    /// Lets this process have as many files open as it may.
    private func openFiles(atLeast count: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        try #require(
            Int(clamping: limit.rlim_max) >= count,
            "this test needs \(count) open files; raise the hard limit (ulimit -Hn)")
    }

    @Test("Ten thousand silent connections keep nobody out, and memory is bounded")
    func silentConnections() throws {
        let count = 10_000
        try openFiles(atLeast: count + 500)
        let server = try ServedProgram()
        _ = try server.request("POST", "/v1/colorize", body: photo)
        let before = try server.figure("autochrome_resident_bytes")
        var sockets: [ClientSocket] = []
        defer { extendLifetime(sockets) }
        for number in 0..<count {
            sockets.append(try server.connect())
            guard number % 1000 == 999 else { continue }
            #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        }
        #expect(try server.figure("autochrome_connections") <= 1000)
        // The first was told why it went.
        let answer = try sockets[0].answer()
        #expect(answer.status == 503 && answer["Retry-After"] == "2")
        #expect(answer.detail.contains("Too many connections"))
        let evicted = try server.figure("autochrome_connections_evicted_total")
        #expect(evicted >= Double(count / 2), "\(evicted) evicted")
        let after = try server.figure("autochrome_resident_bytes")
        #expect(after < before + 200e6, "\(before) before, \(after) after")
    }

    @Test("Ten thousand connections that want a photograph coloured are told to come again")
    func askingConnections() throws {
        let count = 10_000
        try openFiles(atLeast: count + 500)
        let server = try ServedProgram("--workers", "1")
        _ = try server.request("POST", "/v1/colorize", body: photo)
        let before = try server.figure("autochrome_resident_bytes")
        // So long that it is not too slow for minutes.
        let large = TestPhoto.grey(width: 1600, height: 1200)
        var held: [ClientSocket] = []
        for _ in 0..<65 { held.append(try server.begin(large)) }
        try server.wait(until: "autochrome_waiting") { $0 == 65 }
        var sockets: [ClientSocket] = []
        for _ in 0..<count {
            let socket = try server.connect()
            try socket.send(Data(socket.head("POST", "/v1/colorize", length: 1000).utf8))
            sockets.append(socket)
        }
        for socket in sockets {
            let answer = try socket.answer()
            #expect(answer.status == 503 && answer["Retry-After"] == "2")
        }
        let after = try server.figure("autochrome_resident_bytes")
        #expect(after < before + 300e6, "\(before) before, \(after) after")
        // One of those that were there before is served all the same.
        try held[0].send(large.suffix(1))
        #expect(try held[0].answer().status == 200)
        held.removeAll()
        try server.waitUntilNothingIsStored()
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }
}
