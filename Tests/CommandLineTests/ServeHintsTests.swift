import Foundation
import Testing

/// Hints of a session's photographs.
@Suite struct ServeHintsTests {
    private let photo = TestPhoto.grey(width: 90, height: 60)
    private let local = Data(
        ##"{"version": 1, "points": [{"x": 0.5, "y": 0.2, "color": "#c02020", "only_here": true}]}"##
            .utf8)
    private let heard = Data(
        ##"{"version": 1, "points": [{"x": 0.5, "y": 0.2, "color": "#c02020"}]}"##.utf8)

    private func send(
        _ method: String, _ path: String, _ body: Data = Data(), to page: Page
    ) throws -> Answer {
        try page.server.request(method, "/session/" + path, headers: page.cookie, body: body)
    }

    @Test("Hints are kept with their photograph, change what is shown and saved, and can go")
    func oneRound() throws {
        let page = try Page(try ServedProgram())
        let scratch = try Scratch()
        let address = "photographs/\(try page.add(photo, "a.tif"))"
        let plain = try page.get(address + "/after").body
        #expect(try page.get(address + "/hints").status == 404)
        let preview = try send("POST", address + "/preview", local, to: page)
        #expect(preview.status == 200 && preview.body != plain, "\(preview.detail)")
        #expect(try page.get(address + "/after").body == plain, "a preview keeps nothing")
        let state = try send("PUT", address + "/hints", local, to: page)
        #expect(state.status == 200, "\(state.detail)")
        #expect((state.object["hints"] as? String)?.count == 64)
        #expect(try page.get(address + "/hints").body == local)
        #expect(try page.get(address + "/after").body == preview.body)
        // The command line's, byte for byte.
        try scratch.write(photo, as: "a.tif")
        try scratch.write(local, as: "a.tif.hints.json")
        let run = try Program.run("a.tif", in: scratch.url)
        #expect(run.status == 0, "\(run.error)")
        let expected = try scratch.read("a.color.tif").withoutTime
        #expect(try page.get(address + "/file").body.withoutTime == expected)
        let archive = try page.get("archive?id=" + address.dropFirst(12)).body
        #expect(archive.range(of: Data("a.tif.hints.json".utf8)) != nil)
        #expect(archive.range(of: local) != nil)
        #expect(try send("DELETE", address + "/hints", to: page).status == 204)
        #expect(try page.get(address + "/after").body == plain)
        #expect(try page.get(address).object["hints"] == nil)
    }

    @Test("Hints that a network listens to change what is likely; its encoder's part is kept")
    func listening() throws {
        let scratch = try Scratch()
        try ListeningModel.write(to: scratch.path("m.safetensors"))
        let page = try Page(try ServedProgram("--model", scratch.path("m.safetensors")))
        let address = "photographs/\(try page.add(photo, "a.tif"))"
        #expect(try page.get("limits").object["takesHints"] as? Bool == true)
        let before = try page.get(address + "/proposals?x=0.5&y=0.5")
        #expect(before.status == 200, "\(before.detail)")
        let put = try send("PUT", address + "/hints", heard, to: page)
        #expect(put.status == 200, "\(put.detail)")
        let after = try page.get(address + "/proposals?x=0.5&y=0.5")
        #expect(after.body != before.body)
        try scratch.write(photo, as: "a.tif")
        try scratch.write(heard, as: "a.tif.hints.json")
        let run = try Program.run("a.tif", "--model", "m.safetensors", in: scratch.url)
        #expect(run.status == 0, "\(run.error)")
        let expected = try scratch.read("a.color.tif").withoutTime
        #expect(try page.get(address + "/file").body.withoutTime == expected)
    }

    @Test("The place where a hint would help most is within the picture and away from hints")
    func undecided() throws {
        let page = try Page(try ServedProgram())
        let address = "photographs/\(try page.add(photo, "a.tif"))"
        let first = try page.get(address + "/undecided")
        #expect(first.status == 200, "\(first.detail)")
        let (x, y) = (first.object["x"] as? Double ?? -1, first.object["y"] as? Double ?? -1)
        #expect((0...1).contains(x) && (0...1).contains(y))
        let hint = ##"{"x": \##(x), "y": \##(y), "color": null, "only_here": true}"##
        let hints = Data(#"{"version": 1, "points": [\#(hint)]}"#.utf8)
        #expect(try send("PUT", address + "/hints", hints, to: page).status == 200)
        let second = try page.get(address + "/undecided").object
        let across = 1.5 * ((second["x"] as? Double ?? x) - x)
        let down = (second["y"] as? Double ?? y) - y
        #expect((across * across + down * down).squareRoot() > 0.05)
        let area =
            #"{"polygon": [[0, 0], [1, 0], [1, 1], [0, 1]], "color": null, "only_here": true}"#
        let all = Data(#"{"version": 1, "areas": [\#(area)]}"#.utf8)
        #expect(try send("PUT", address + "/hints", all, to: page).status == 200)
        #expect(try page.get(address + "/undecided").status == 204)
    }

    @Test("A reference in colour gives its palette, one in grey is refused")
    func palette() throws {
        let page = try Page(try ServedProgram())
        let answer = try send(
            "POST", "palette?name=r.png", try Fixture.photo("saturated.png"), to: page)
        #expect(answer.status == 200, "\(answer.detail)")
        #expect((answer.object["palette"] as? [Any])?.isEmpty == false)
        let grey = try send("POST", "palette?name=g.tif", photo, to: page)
        #expect(grey.status == 422)
        #expect(grey.detail.hasPrefix("g.tif: not in colour"), "\(grey.detail)")
        #expect(try send("POST", "palette", Data("no".utf8), to: page).status == 415)
        try page.server.waitUntilNothingIsStored()
    }

    @Test("What cannot be used is refused in a sentence, and the hints stay as they are")
    func refused() throws {
        let page = try Page(try ServedProgram())
        let address = "photographs/\(try page.add(photo, "a.tif"))"
        #expect(try send("PUT", address + "/hints", local, to: page).status == 200)
        let wrong = ##"{"version": 1, "points": [{"x": 3, "y": 0.2, "color": null}]}"##
        let refusals = [
            (Data(wrong.utf8), 400, "hints: points[0].x is 3.0"), (Data("{".utf8), 400, "no JSON"),
            (Data(repeating: 32, count: 1_000_001), 413, "at most 1000000 bytes"),
            (heard, 409, "takes no hints but those that are all only_here"),
        ]
        for (body, status, words) in refusals {
            for (method, path) in [("PUT", "/hints"), ("POST", "/preview")] {
                let answer = try send(method, address + path, body, to: page)
                #expect(answer.status == status && answer.detail.contains(words), "\(answer.text)")
            }
        }
        #expect(try page.get(address + "/hints").body == local)
        for query in ["", "?x=0.5", "?x=2&y=0", "?x=nan&y=0", "?x=0&y=0&z=1"] {
            #expect(try page.get(address + "/proposals" + query).status == 400, "\(query)")
        }
        let other = try Page(page.server)
        #expect(try send("PUT", address + "/hints", local, to: other).status == 404)
        #expect(try other.get(address + "/proposals?x=0&y=0").status == 404)
    }
}
