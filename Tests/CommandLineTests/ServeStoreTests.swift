import Foundation
import Testing

/// What the server does with as many photographs as it may hold.
@Suite struct ServeStoreTests {
    private let photo = TestPhoto.grey(width: 60, height: 40)

    /// As many bytes as a photograph may have: what stands behind its end is not looked at.
    private var large: Data { photo + Data(count: 50_000 - photo.count) }

    /// A server that holds twenty such photographs.
    private func server() throws -> ServedProgram {
        try ServedProgram("--max-upload", "50KB", "--max-pixels", "100K")
    }

    /// A session that has filled the store to the last byte.
    private func full() throws -> (page: Page, ids: [String]) {
        let page = try Page(try server())
        let ids = try (0..<20).map { _ in try page.add(large) }
        #expect(try page.server.figure("autochrome_stored_bytes") == 1_000_000)
        return (page, ids)
    }

    private func makeRoom(_ page: Page, _ id: String) throws {
        #expect(try page.remove(id).status == 204)
        try page.server.wait(until: "autochrome_stored_bytes") { $0 == 950_000 }
    }

    @Test("Of a full store the page is told with 507; a program is told to come again")
    func refusals() throws {
        let (page, ids) = try full()
        let refusal = try page.send(photo, "a.tif")
        #expect(refusal.status == 507 && refusal["Retry-After"] == nil)
        #expect(refusal.object["title"] as? String == "Insufficient Storage")
        #expect(refusal.detail.hasPrefix("The server's storage is full."))
        #expect(try page.get("photographs/\(ids[0])/file").status == 507)
        let answer = try page.server.request("POST", "/v1/colorize", body: photo)
        #expect(answer.status == 503 && answer["Retry-After"] == "5")
        #expect(answer.detail == refusal.detail)
        try makeRoom(page, ids[1])
        #expect(try page.server.request("POST", "/v1/colorize", body: photo).status == 200)
        #expect(try page.get("photographs/\(ids[0])/file").status == 200)
        #expect(try page.send(photo, "a.tif").status == 201)
    }

    @Test("An archive tells of a full store and ends; with room it holds the photograph")
    func archive() throws {
        let (page, ids) = try full()
        let failed = try page.get("archive?id=\(ids[0])")
        #expect(failed.status == 200)
        #expect(failed.body.range(of: Data("a.color.tif.failed.txt".utf8)) != nil)
        #expect(failed.body.range(of: Data("The server's storage is full".utf8)) != nil)
        try makeRoom(page, ids[1])
        let whole = try page.get("archive?id=\(ids[0])")
        #expect(whole.body.range(of: Data("a.color.tif".utf8)) != nil)
        #expect(whole.body.range(of: Data(".failed.txt".utf8)) == nil)
    }

    @Test(
        "A disk that is full when a result is written is a full store, too",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func fullDisk() throws {
        let scratch = try Scratch()
        let disk = try SmallDisk("small", size: "2m", in: scratch)
        defer { extendLifetime(disk) }
        let server = try ServedProgram(spool: scratch.url.appending(path: "small"))
        // A byte a pixel, of which the result has three.
        let photo = TestPhoto.grey(width: 1200, height: 800)
        let answer = try server.request("POST", "/v1/colorize", body: photo)
        #expect(answer.status == 503 && answer["Retry-After"] == "5", "\(answer.detail)")
        #expect(answer.detail.contains("no space left on device"), "\(answer.detail)")
        let page = try Page(server)
        let id = try page.add(photo)
        let refusal = try page.get("photographs/\(id)/file")
        #expect(refusal.status == 507, "\(refusal.detail)")
        #expect(refusal.detail.contains("no space left on device"), "\(refusal.detail)")
    }

    @Test("A session stays while a photograph is on its way into it, however slowly")
    func slowUpload() throws {
        let server = try ServedProgram("--max-upload", "1MB", "--max-pixels", "100K")
        let (mine, other) = (try Page(server), try Page(server))
        let large = photo + Data(count: 990_000 - photo.count)
        let ids = try (0..<12).map { _ in try mine.add(large) }
        let socket = try server.connect()
        let head = socket.head(
            "POST", "/session/photographs?name=a.tif", mine.cookie, length: large.count)
        try socket.send(Data(head.utf8) + large.prefix(900_000))
        // Room is made of sessions that were not used for two minutes. A task would wait for other
        // tests to let it go on, and so long a body of this size may not take.
        Thread.sleep(forTimeInterval: 121)
        #expect(try other.send(photo, "b.tif").status == 201)
        try socket.send(large.dropFirst(900_000))
        #expect(try socket.answer().status == 201)
        #expect(try mine.get("photographs/\(ids[0])").status == 200)
    }

    @Test("Where room is made, a session that is being used stays, and one that is not goes")
    func makingRoom() async throws {
        let server = try server()
        let (mine, other) = (try Page(server), try Page(server))
        let ids = try (0..<11).map { _ in try mine.add(large) }
        let left = try other.add(photo)
        // Room is made of sessions that were not used for two minutes.
        try await Task.sleep(for: .seconds(121))
        #expect(try mine.send(photo, "a.tif").status == 201)
        #expect(try other.get("photographs/\(left)").status == 404)
        #expect(try mine.get("photographs/\(ids[0])").status == 200)
    }
}
