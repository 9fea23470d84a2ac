import Foundation
import Testing

/// Who is answered, and what is not reached.
@Suite struct ServeGuardTests {
    private let photo = TestPhoto.grey(width: 60, height: 40)

    @Test("Only this server's own names and pages are answered")
    func origin() throws {
        let server = try ServedProgram()
        let own = "localhost:\(server.port)"
        let refused = [
            ["Host": "evil.example"], ["Host": "evil.example:\(server.port)"], ["Host": ""],
            ["Host": "127.0.0.1.evil.example"], ["Host": "localhost:x"], ["Host": "10.0.0.1"],
            ["Host": own, "Origin": "http://evil.example"], ["Host": own, "Origin": "null"],
            ["Host": own, "Origin": "http://localhost:1"],
        ]
        for headers in refused {
            for (method, path) in [("GET", "/"), ("POST", "/v1/colorize"), ("GET", "/metrics")] {
                let answer = try server.request(method, path, headers: headers)
                #expect(answer.status == 403 || headers["Host"] == "" && answer.status == 400)
                #expect(answer.detail.hasSuffix("."))
            }
        }
        for headers in [
            ["Host": own], ["Host": "[::1]:\(server.port)"], ["Host": "LOCALHOST"],
            ["Host": own, "Origin": "http://\(own)"],
        ] {
            let answer = try server.request(
                "POST", "/v1/colorize", headers: headers, body: photo)
            #expect(answer.status == 200, "\(headers): \(answer.detail)")
        }
    }

    @Test("Other machines are answered only where that was asked for")
    func binding() throws {
        // Every address of 127.0.0.0/8 is this machine; the server is bound to one of them.
        let server = try ServedProgram()
        #expect(throws: ClientSocket.Failure.self) {
            try ClientSocket(host: "127.0.0.2", port: server.port)
        }
        #expect(try server.request("GET", "/health").status == 200)
        let open = try ServedProgram("--host", "0.0.0.0")
        for (host, status) in [
            ("127.0.0.2", 200), ("10.1.2.3:\(open.port)", 200), ("evil.example", 403),
        ] {
            let socket = try ClientSocket(host: "127.0.0.2", port: open.port)
            try socket.send("GET", "/health", headers: ["Host": host])
            #expect(try socket.answer().status == status, "\(host)")
        }
    }

    @Test("No path reaches the file system, and every answer is guarded")
    func paths() throws {
        let server = try ServedProgram()
        for path in [
            "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page.css/../../x",
            "//etc/passwd", "/session/photographs/..%2f..%2f1/file", "/Page/index.html", "/1",
        ] {
            let answer = try server.request("GET", path)
            #expect(answer.status == 404, "\(path): \(answer.text.prefix(200))")
            #expect(answer["X-Content-Type-Options"] == "nosniff")
        }
        for path in ["/", "/page.css", "/page.js", "/icon.svg", "/openapi.yaml", "/health"] {
            let answer = try server.request("GET", path)
            #expect(answer.status == 200 && !answer.body.isEmpty)
            let policy = answer["Content-Security-Policy"] ?? ""
            #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("unsafe"))
            #expect(answer["X-Frame-Options"] == "DENY")
        }
        let refusal = try server.request("DELETE", "/v1/colorize")
        #expect(refusal.status == 405 && refusal["Allow"] == "POST")
    }

    @Test("What is not HTTP is refused, and the next request served")
    func notHTTP() throws {
        let server = try ServedProgram()
        let post = "POST /v1/colorize HTTP/1.1\r\nHost: localhost\r\n"
        let cases = [
            ("\u{16}\u{3}\u{1}\r\n\r\n", 400), ("GET /\r\n\r\n", 400), ("FOO / HTTP/1.1\r\n", 400),
            ("GET / HTTP/1.1\r\nHost\r\n\r\n", 400), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
            ("GET / HTTP/1.1\nHost: localhost\n\n", 400),
            ("GET / HTTP/1.1\r\nX: a\u{0}b\r\n\r\n", 400),
            (post + "Content-Length: -1\r\n\r\n", 400),
            (post + "Content-Length: 99999999999999999999\r\n\r\n", 400),
            (post + "Content-Length: 9223372036854775807\r\n\r\n", 413),
            (post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400),
            (post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
            (post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n", 400),
            (post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 100_000), 431),
            ("GET /" + String(repeating: "x", count: 100_000), 431),
        ]
        for (text, status) in cases {
            let socket = try server.connect()
            try socket.send(Data(text.utf8))
            let answer = try socket.answer()
            #expect(answer.status == status, "\(text.prefix(60)): \(answer.status)")
            #expect(answer.detail.hasSuffix("."), "\(answer.text)")
        }
        #expect(try server.request("GET", "/health").status == 200)
    }

    @Test("Requests that come together are answered in their order")
    func pipelined() throws {
        let server = try ServedProgram()
        let socket = try server.connect()
        let asked: [(method: String, path: String, body: Data, status: Int)] = [
            ("GET", "/health", Data(), 200), ("POST", "/v1/colorize", photo, 200),
            ("GET", "/1", Data(), 404), ("POST", "/v1/colorize", Data("x".utf8), 415),
            ("GET", "/v1/model", Data(), 200),
        ]
        let all = Data(
            (0..<20).flatMap { _ in asked }.flatMap { one in
                Data(socket.head(one.method, one.path, length: one.body.count).utf8) + one.body
            })
        try socket.send(all)
        for one in (0..<20).flatMap({ _ in asked }) {
            #expect(try socket.answer().status == one.status)
        }
    }
}
