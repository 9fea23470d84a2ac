import Foundation
import Testing

/// Where photographs lie while the server has them.
@Suite struct ServeSpoolTests {
    /// More than a megabyte, after which the first of it is in a file.
    private let photo = TestPhoto.grey(width: 1600, height: 1000)

    @Test("A photograph lies in its owner's folder while it is sent, and goes however it ends")
    func everyEnd() throws {
        let server = try ServedProgram("--max-pixels", "2M")
        let form = Data("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".utf8)
        let ends: [(body: Data, status: Int)] = [
            (photo, 200),
            // Its directory, which says what it is, stands behind the pixels.
            (photo.dropLast(100), 422),
            (Data(count: 1_500_000), 415),
            (TestPhoto.grey(width: 1600, height: 1300), 413),
            (form + photo + Data("\r\n--b--".utf8), 200),
            (form + photo, 400),
        ]
        for (body, status) in ends {
            let socket = try server.connect()
            let type = body.starts(with: form) ? "multipart/form-data; boundary=b" : "image/x"
            let head = socket.head(
                "POST", "/v1/colorize", ["Content-Type": type], length: body.count)
            try socket.send(Data(head.utf8) + body.dropLast())
            try expectOnePrivateFile(server)
            try socket.send(body.suffix(1))
            let answer = try socket.answer()
            #expect(answer.status == status, "\(answer.detail)")
            try server.waitUntilNothingIsStored()
        }
    }

    private func expectOnePrivateFile(_ server: ServedProgram) throws {
        var names = try server.storedFiles()
        for _ in 0..<600 where names.isEmpty {
            usleep(50_000)
            names = try server.storedFiles()
        }
        try #require(names.count == 1)
        let file = server.scratch.url.appending(path: names[0])
        for (path, mode) in [(file.path, 0o600), (file.deletingLastPathComponent().path, 0o700)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(found as? Int == mode)
        }
    }

    @Test("Of a client that leaves in the middle nothing stays")
    func leaving() throws {
        let server = try ServedProgram()
        for share in [0.99, 0.9, 0.8] {
            let socket = try server.connect()
            let head = socket.head("POST", "/v1/colorize", length: photo.count)
            let part = photo.prefix(Int(share * Double(photo.count)))
            try socket.send(Data(head.utf8) + part)
            try expectOnePrivateFile(server)
            socket.leave()
            try server.waitUntilNothingIsStored()
        }
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }
}
