import Foundation
import Testing

/// What the page asks for.
@Suite struct ServeSessionTests {
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
        #expect(try page.remove(id).status == 204)
        #expect(try page.get("photographs/\(id)").status == 404)
        try page.server.wait(until: "autochrome_stored_bytes") { $0 == Double(photo.count) }
        // The other one of the same name.
        let other = try #require(sent.object["id"] as? String)
        #expect(other != id)
        #expect(try page.remove(other).status == 204)
        try page.server.waitUntilNothingIsStored()
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
        let run = try Program.run(
            "é.jpg", "--vividness", "0.8", "--saturation", "1.3", in: scratch.url)
        #expect(run.status == 0, "\(run.error)")
        let expected = try scratch.read("é.color.jpg").withoutTime
        let file = try page.get("photographs/\(id)/file?vividness=0.8&saturation=1.3")
        #expect(file.body.withoutTime == expected)
        let name = "attachment; filename=\"_.color.jpg\"; filename*=UTF-8''%C3%A9.color.jpg"
        #expect(file["Content-Disposition"] == name)
        let archive = try page.get("archive?id=\(id):0.8:1.3&id=\(id)")
        try scratch.write(archive.body, as: "a.zip")
        #expect(try unpack("a.zip", in: scratch) == ["é-2.color.jpg", "é.color.jpg"])
        #expect(try scratch.read("out/é.color.jpg").withoutTime == expected)
        #expect(try scratch.read("out/é-2.color.jpg").withoutTime != expected)
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
        // Their headers are whole; what is cut off shows when they are decoded.
        let cut = [
            try page.add(try Fixture.photo("cut.jpg").dropLast(280), "cut.jpg"),
            try page.add(try Fixture.photo("rgb16.png").dropLast(600), "cut.png"),
        ]
        for (id, name) in zip(cut, ["cut.jpg", "cut.png"]) {
            let state = try page.get("photographs/\(id)").object
            #expect(state["state"] as? String == "failed", "\(state)")
            #expect(state["status"] as? Int == 422, "\(state)")
            let problem = state["problem"] as? String ?? ""
            #expect(problem.hasPrefix("\(name): truncated or damaged"), "\(problem)")
            #expect(try page.get("photographs/\(id)/after").status == 422)
            #expect(try page.get("photographs/\(id)/file").status == 422)
        }
        let archive = try page.get("archive?id=\(cut[0])&id=\(good)&id=\(cut[1])&vividness=0.2")
        try scratch.write(archive.body, as: "a.zip")
        let names = try unpack("a.zip", in: scratch)
        #expect(
            names == ["cut.color.jpg.failed.txt", "cut.color.png.failed.txt", "good.color.png"])
        let reason = String(decoding: try scratch.read("out/\(names[0])"), as: UTF8.self)
        #expect(reason.hasPrefix("cut.jpg: truncated or damaged"))
        let failed = #"autochrome_photographs_total{outcome="failed"}"#
        #expect(try page.server.figure(failed) == 2)
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
        #expect(try other.remove(id).status == 404)
        #expect(try mine.get("photographs/\(id)").status == 200)
    }

    @Test("A session holds five hundred photographs; past that some are to be removed first")
    func fullSession() throws {
        let page = try Page(try ServedProgram())
        // One that fails when it is decoded, which is soon.
        let cut = try Fixture.photo("cut.jpg").dropLast(280)
        var ids: [String] = []
        for _ in 0..<500 {
            var answer = try page.send(cut, "cut.jpg")
            try Patience.wait(for: "room in the queue") {
                if answer.status == 503 { answer = try page.send(cut, "cut.jpg") }
                return answer.status != 503
            }
            ids.append(try #require(answer.object["id"] as? String))
        }
        let refusal = try page.send(cut, "cut.jpg")
        #expect(refusal.status == 409 && refusal.detail.contains("remove some first"))
        #expect(try page.remove(ids[0]).status == 204)
        #expect(try page.send(cut, "cut.jpg").status == 201)
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
