import Foundation
import Testing

/// What the page asks for.
@Suite struct ServeSessionTests {
    /// A browser's part: it keeps the cookie.
    private struct Page {
        let server: ServedProgram
        let cookie: [String: String]

        init(_ server: ServedProgram) throws {
            self.server = server
            let field = try #require(try server.request("GET", "/")["Set-Cookie"])
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
            for _ in 0..<600 {
                let state = try get("photographs/\(id)").object["state"] as? String
                if state == "done" || state == "failed" { break }
                usleep(50_000)
            }
            return id
        }
    }

    private let photo = TestPhoto.grey(width: 2000, height: 1000)

    @Test("A photograph is taken in, looked at, shown, saved and forgotten")
    func oneRound() throws {
        let page = try Page(try ServedProgram())
        let sent = try page.send(photo, "my%20scan.tif")
        #expect(sent.status == 201 && sent.object["name"] as? String == "my scan.tif")
        #expect(sent.object["width"] as? Int == 2000 && sent.object["height"] as? Int == 1000)
        let id = try page.add(photo, "my%20scan.tif")
        let state = try page.get("photographs/\(id)").object
        #expect(state["state"] as? String == "done" && state["progress"] as? Int == 1)
        for path in ["before", "after", "after?vividness=1&saturation=2"] {
            let picture = try page.get("photographs/\(id)/\(path)")
            #expect(picture["Content-Type"] == "image/jpeg")
            #expect(try Self.size(ofJPEG: picture.body) == [1600, 800])
        }
        let plain = try page.get("photographs/\(id)/after?vividness=0")
        let vivid = try page.get("photographs/\(id)/after?vividness=1")
        #expect(plain.body != vivid.body)
        let remove = try page.server.request(
            "DELETE", "/session/photographs/\(id)", headers: page.cookie)
        #expect(remove.status == 204)
        #expect(try page.get("photographs/\(id)").status == 404)
        #expect(try page.server.storedFiles().count == 1)
    }

    /// The size that a JPEG file's frame header tells.
    private static func size(ofJPEG data: Data) throws -> [Int] {
        let bytes = [UInt8](data)
        let frame = try #require(
            bytes.indices.dropLast(8).first {
                bytes[$0] == 0xFF && [0xC0, 0xC2].contains(bytes[$0 + 1])
            })
        return [7, 5].map { Int(bytes[frame + $0]) * 256 + Int(bytes[frame + $0 + 1]) }
    }

    @Test("A saved photograph is the command line's, byte for byte, and so is each of an archive")
    func savedBytes() throws {
        let page = try Page(try ServedProgram())
        let scratch = try Scratch()
        let small = try Fixture.photo("tagged.jpg")
        try scratch.write(small, as: "é.jpg")
        let id = try page.add(small, "%C3%A9.jpg")
        var isSame = false
        for _ in 0..<30 where !isSame {
            let start = Int(Date().timeIntervalSince1970)
            let run = try Program.run(
                "é.jpg", "--vividness", "0.8", "--saturation", "1.3", "--overwrite",
                in: scratch.url)
            #expect(run.status == 0, "\(run.error)")
            let file = try page.get("photographs/\(id)/file?vividness=0.8&saturation=1.3")
            let archive = try page.get("archive?id=\(id):0.8:1.3&id=\(id)")
            guard Int(Date().timeIntervalSince1970) == start else { continue }
            isSame = true
            let expected = try scratch.read("é.color.jpg")
            #expect(file.body == expected)
            let name = "attachment; filename=\"_.color.jpg\"; filename*=UTF-8''%C3%A9.color.jpg"
            #expect(file["Content-Disposition"] == name)
            try scratch.write(archive.body, as: "a.zip")
            #expect(try unpack("a.zip", in: scratch) == ["é-2.color.jpg", "é.color.jpg"])
            #expect(try scratch.read("out/é.color.jpg") == expected)
        }
        #expect(isSame)
    }

    /// Unpacks an archive by Python's reader, which checks every checksum.
    private func unpack(_ name: String, in scratch: Scratch) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-m", "zipfile", "-e", scratch.path(name), scratch.path("out"),
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try FileManager.default.contentsOfDirectory(atPath: scratch.path("out")).sorted()
    }

    @Test("One photograph that fails fails alone, in an archive too")
    func failsAlone() throws {
        let page = try Page(try ServedProgram())
        let scratch = try Scratch()
        let good = try page.add(try Fixture.photo("rgb.png"), "good.png")
        // Its header is whole; what is cut off shows when it is decoded.
        let bad = try page.add(photo.prefix(8 + 2000 * 500) + photo.suffix(130), "bad.tif")
        let cut = try page.add(try Fixture.photo("cut.jpg"), "cut.jpg")
        for id in [cut] {
            let state = try page.get("photographs/\(id)").object
            #expect(state["state"] as? String == "failed", "\(bad) \(state)")
            let problem = state["problem"] as? String ?? ""
            #expect(problem.hasPrefix("cut.jpg: cut short or damaged"), "\(problem)")
            #expect(try page.get("photographs/\(id)/after").status == 422)
            #expect(try page.get("photographs/\(id)/file").status == 422)
        }
        let archive = try page.get("archive?id=\(cut)&id=\(good)&vividness=0.2")
        try scratch.write(archive.body, as: "a.zip")
        let names = try unpack("a.zip", in: scratch)
        #expect(names == ["cut.color.jpg.failed.txt", "good.color.png"])
        let reason = String(decoding: try scratch.read("out/\(names[0])"), as: UTF8.self)
        #expect(reason.hasPrefix("cut.jpg: cut short or damaged"))
    }

    @Test("Nobody sees the photographs of another session")
    func sessions() throws {
        let server = try ServedProgram()
        let (mine, other) = (try Page(server), try Page(server))
        let id = try mine.add(try Fixture.photo("rgb.png"))
        #expect(mine.cookie != other.cookie)
        for path in ["", "/before", "/after", "/file"] {
            #expect(try other.get("photographs/\(id)\(path)").status == 404)
            #expect(try mine.get("photographs/\(id)\(path)").status == 200)
        }
        #expect(try other.get("archive?id=\(id)").status == 404)
        #expect(try server.request("GET", "/session/photographs/\(id)").status == 404)
        let remove = try server.request(
            "DELETE", "/session/photographs/\(id)", headers: other.cookie)
        #expect(remove.status == 404)
        #expect(try mine.get("photographs/\(id)").status == 200)
    }

    @Test("What the page may send is told")
    func limits() throws {
        let page = try Page(try ServedProgram("--max-upload", "3MB"))
        let limits = try page.get("limits").object
        #expect(limits["maxUploadBytes"] as? Int == 3_000_000)
        #expect((limits["formats"] as? [String])?.contains("heic") == true)
        #expect(limits["model"] as? String != nil)
        #expect(try page.get("archive?id=x:1").status == 400)
        #expect(try page.get("archive").status == 400)
    }
}
