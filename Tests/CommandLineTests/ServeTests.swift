import Foundation
import Testing

/// The HTTP API beside the command line.
@Suite struct ServeTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// What the command line makes of a photograph, but for the time.
    private func program(
        _ photo: Data, named name: String, _ arguments: [String] = []
    ) throws -> Data {
        try scratch.write(photo, as: name)
        let run = try Program.run(arguments: [name, "-o", "out/"] + arguments, in: scratch.url)
        try #require(run.status == 0, "\(run.error)")
        return try scratch.read(run.results[0]).withoutTime
    }

    @Test(
        "An answer is byte for byte what the command line writes",
        arguments: [
            ("", []),
            ("?vividness=0.9&saturation=1.5", ["--vividness", "0.9", "--saturation", "1.5"]),
            (
                "?detail=128&format=png&compare=true",
                ["--detail", "128", "--format", "png", "--compare"]
            ),
            ("?format=jpg&quality=50", ["--format", "jpg", "--quality", "50"]),
        ])
    func equalBytes(query: String, arguments: [String]) throws {
        let server = try ServedProgram()
        let photo = TestPhoto.grey(width: 320, height: 200)
        let expected = try program(photo, named: "a.tif", arguments)
        let answer = try server.request("POST", "/v1/colorize" + query, body: photo)
        #expect(answer.status == 200, "\(answer.detail)")
        #expect(answer.body.withoutTime == expected)
        let type = query.contains("png") ? "png" : query.contains("jpg") ? "jpeg" : "tiff"
        #expect(answer["Content-Type"] == "image/\(type)")
        try server.waitUntilNothingIsStored()
    }

    @Test("A form with one file is as good as the photograph alone", arguments: [7, 4096, 1 << 20])
    func form(pieces: Int) throws {
        let server = try ServedProgram()
        // Bytes that look like the beginnings of a delimiter must stay in the photograph.
        let photo = TestPhoto.grey(width: 120, height: 80) + Data("\r\n--edge\r\n--ed".utf8)
        var body = Data("--edge-\r\nContent-Disposition: form-data; name=\"photograph\"; ".utf8)
        body += Data("filename=\"scan.tif\"\r\nContent-Type: image/tiff\r\n\r\n".utf8) + photo
        body += Data("\r\n--edge---\r\n".utf8)
        let socket = try server.connect()
        let type = ["Content-Type": "multipart/form-data; boundary=\"edge-\""]
        let head = socket.head("POST", "/v1/colorize", type, length: body.count)
        try socket.send(Data(head.utf8))
        for start in stride(from: 0, to: body.count, by: pieces) {
            try socket.send(body[start..<min(start + pieces, body.count)])
        }
        let answer = try socket.answer()
        #expect(answer.status == 200, "\(answer.detail)")
        #expect(try answer.body.withoutTime == program(photo, named: "scan.tif"))
    }

    @Test("Many requests go over one connection, and the photograph's faults stay its own")
    func oneConnection() throws {
        let server = try ServedProgram()
        let socket = try server.connect()
        let photo = TestPhoto.grey(width: 60, height: 40)
        var statuses: [Int] = []
        for body in [photo, Data("no photograph".utf8), photo, photo.prefix(300), photo] {
            try socket.send("POST", "/v1/colorize", body: body)
            statuses.append(try socket.answer().status)
        }
        #expect(statuses == [200, 415, 200, 422, 200])
    }

    @Test("What cannot be kept is told in a header field")
    func warnings() throws {
        let server = try ServedProgram()
        let photo = TestPhoto.grey(width: 60, height: 40)
        let answer = try server.request("POST", "/v1/colorize?quality=80", body: photo)
        #expect(answer.status == 200)
        #expect(
            answer["Autochrome-Warnings"] == "photograph: TIFF is lossless; --quality is ignored.")
    }

    @Test("A photograph in colour is left alone where that is asked")
    func recolor() throws {
        let server = try ServedProgram()
        let photo = TestPhoto.colored(width: 300, height: 200)
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        let refusal = try server.request("POST", "/v1/colorize?recolor=false", body: photo)
        #expect(refusal.status == 422)
        #expect(refusal.detail.contains("in colour already"))
    }

    @Test("Model, health and figures are told")
    func status() throws {
        let server = try ServedProgram()
        let model = try server.request("GET", "/v1/model").object
        #expect(model["network"] as? String == "ChromaNetwork")
        #expect(model["takesVividness"] as? Bool == true)
        #expect(try server.request("GET", "/health").text == #"{"status":"ok"}"#)
        let photo = TestPhoto.grey(width: 60, height: 40)
        _ = try server.request("POST", "/v1/colorize", body: photo)
        #expect(try server.figure(#"autochrome_photographs_total{outcome="colored"}"#) == 1)
        try server.wait(until: "autochrome_stored_bytes") { $0 == 0 }
    }

    @Test("A port that is taken is said, with what to do")
    func takenPort() throws {
        let server = try ServedProgram()
        let run = try Program.run("serve", "--port", "\(server.port)")
        #expect(run.status == 1)
        #expect(
            run.error.contains("cannot listen on 127.0.0.1, port \(server.port)"), "\(run.error)")
    }
}
