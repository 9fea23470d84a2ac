import Foundation
import Testing

/// What the server does not take, and how it says so.
@Suite struct ServeRefusalTests {
    private let photo = TestPhoto.grey(width: 60, height: 40)

    @Test("Options are refused with the command line's sentences")
    func options() throws {
        let server = try ServedProgram()
        let cases = [
            ("vividness=2", "--vividness", "2"), ("saturation=-1", "--saturation", "-1"),
            ("detail=8", "--detail", "8"), ("quality=0", "--quality", "0"),
        ]
        for (query, option, value) in cases {
            let answer = try server.request("POST", "/v1/colorize?\(query)", body: photo)
            #expect(answer.status == 400)
            let run = try Program.run("x.jpg", "\(option)=\(value)")
            #expect(run.status == 64 && answer.detail.contains("it goes from"))
            #expect(run.error.contains("--\(answer.detail)"), "\(run.error) \(answer.detail)")
        }
        for query in [
            "colour=1", "vividness=1&vividness=1", "compare=yes", "detail=1.5",
            "vividness=nan", "saturation=0x1", "format=gif",
        ] {
            let answer = try server.request("POST", "/v1/colorize?\(query)", body: photo)
            #expect(answer.status == 400, "\(query): \(answer.text.prefix(200))")
            #expect(answer.detail.hasSuffix("."), "\(answer.detail)")
        }
    }

    @Test("What is not a photograph, or a damaged one, is refused with the reason")
    func bodies() throws {
        let server = try ServedProgram()
        let cases = [
            (Data("hello".utf8), 415, "not a photograph"), (Data(), 400, "empty"),
            (photo.prefix(500), 422, "truncated or damaged"),
            (try Fixture.photo("five.tif"), 422, "5 channels"),
            (try Fixture.photo("float.tif"), 422, "neither 8 nor 16 bits"),
        ]
        for (body, status, words) in cases {
            let answer = try server.request("POST", "/v1/colorize", body: body)
            #expect(answer.status == status)
            #expect(answer.detail.hasPrefix("photograph: ") && answer.detail.contains(words))
            let page = try server.request(
                "POST", "/session/photographs?name=..%2F..%2Fmine.jpg", body: body)
            #expect(page.status == status)
            #expect(page.detail.hasPrefix("mine.jpg: "), "\(page.detail)")
        }
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
        try server.waitUntilNothingIsStored()
    }

    @Test("Photographs of every format that were damaged anywhere harm nobody else")
    func damaged() throws {
        let server = try ServedProgram("--max-pixels", "1M")
        let whole = try ["jpg", "png", "tif", "webp", "heic", "avif", "jxl"].map {
            try Fixture.photo("tagged.\($0)")
        }
        var statuses: [Int: Int] = [:]
        for number in 0..<350 {
            var body = whole[number % whole.count]
            // The places follow no rule, but are the same in every run.
            for damage in 0..<1 + number % 5 {
                let place = (number * 7919 + damage * 104_729) % (body.count - 4)
                body.replaceSubrange(
                    place..<place + 1 + damage, with: Data([UInt8(number % 256), 0xFF]))
            }
            let answer = try server.request("POST", "/v1/colorize?detail=32", body: body)
            statuses[answer.status, default: 0] += 1
        }
        #expect(statuses.values.reduce(0, +) == 350)
        #expect(Set(statuses.keys).isSubset(of: [200, 413, 415, 422]), "\(statuses)")
        #expect(statuses[422] ?? 0 > 50, "\(statuses)")
        try server.waitUntilNothingIsStored()
        #expect(try server.request("POST", "/v1/colorize", body: photo).status == 200)
    }

    @Test("A length over the limit is refused before anything is read")
    func declaredLength() throws {
        let server = try ServedProgram("--max-upload", "10KB")
        let socket = try server.connect()
        let head = socket.head("POST", "/v1/colorize", length: 10_001)
        try socket.send(Data(head.utf8))
        let answer = try socket.answer()
        #expect(answer.status == 413 && answer["Connection"] == "close")
        #expect(answer.detail.contains("at most 10000 bytes"))
        let fits = try server.request("POST", "/v1/colorize", body: photo)
        #expect(photo.count < 10_000 && fits.status == 200)
    }

    @Test("A body without a length is stopped at the limit")
    func chunked() throws {
        let server = try ServedProgram("--max-upload", "10KB")
        let socket = try server.connect()
        try socket.send(
            Data("POST /v1/colorize HTTP/1.1\r\nHost: localhost\r\n".utf8)
                + Data("Transfer-Encoding: chunked\r\n\r\n".utf8))
        var sent = 0
        // The server answers, takes what is still coming for a moment, and closes.
        let (start, patience) = (Date.now, 30.0)
        while Date.now.timeIntervalSince(start) < patience {
            do {
                try socket.send(Data("1000\r\n".utf8) + Data(count: 4096) + Data("\r\n".utf8))
            } catch { break }
            sent += 4096
        }
        #expect(sent > 10_000)
        #expect(Date.now.timeIntervalSince(start) < patience, "it was taken without end")
        try server.waitUntilNothingIsStored()
        #expect(try server.request("GET", "/health").status == 200)
    }

    @Test("A client that asks before it sends is told to go on, or not to")
    func expectation() throws {
        let server = try ServedProgram("--max-upload", "10KB")
        let ask = ["Expect": "100-continue"]
        let good = try server.connect()
        try good.send(Data(good.head("POST", "/v1/colorize", ask, length: photo.count).utf8))
        #expect(try good.answer().status == 100)
        try good.send(photo)
        #expect(try good.answer().status == 200)
        let bad = try server.connect()
        try bad.send(Data(bad.head("POST", "/v1/colorize", ask, length: 20_000).utf8))
        #expect(try bad.answer().status == 413)
    }

    @Test("A header that declares too many pixels is refused before anything is decoded")
    func bomb() throws {
        // All of them have more pixels than that.
        let server = try ServedProgram("--max-pixels", "1K")
        let bombs = ["huge.png", "tagged.jpg", "tagged.webp", "tagged.heic", "tagged.jxl"]
        for name in bombs {
            let body = try Fixture.photo(name)
            for path in ["/v1/colorize", "/session/photographs?name=\(name)"] {
                let answer = try server.request("POST", path, body: body)
                #expect(answer.status == 413, "\(name): \(answer.text.prefix(300))")
                #expect(answer.detail.contains("--max-pixels raises it"))
            }
        }
        #expect(try server.request("GET", "/health").status == 200)
        #expect(try server.figure("autochrome_resident_bytes") < 1e9)
    }
}
