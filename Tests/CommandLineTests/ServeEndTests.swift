import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// How the server ends.
@Suite struct ServeEndTests {
    @Test(
        "A signal ends the server once what is being answered is finished",
        arguments: [(SIGTERM, 0), (SIGINT, 130)] as [(Int32, Int32)])
    func signals(number: Int32, status: Int32) throws {
        let server = try ServedProgram()
        let photo = TestPhoto.grey(width: 3000, height: 2000)
        let (idle, begun) = (try server.connect(), try server.connect())
        try begun.send(Data(begun.head("POST", "/v1/colorize", length: photo.count).utf8))
        try begun.send(photo.dropLast(10))
        try server.wait(until: "autochrome_waiting") { $0 == 1 }
        try Patience.wait(for: "a stored file") { try !server.storedFiles().isEmpty }
        #expect(try server.storedFiles().count == 1)
        kill(server.process.processIdentifier, number)
        // Connections without a request are closed at once; new ones are not taken.
        #expect(try idle.receive().isEmpty)
        #expect(throws: (any Error).self) { try server.request("GET", "/health") }
        try begun.send(photo.suffix(10))
        let answer = try begun.answer()
        #expect(answer.status == 200 && answer.body.count > 1_000_000)
        try server.process.waitForEnd()
        #expect(server.process.terminationStatus == status)
        #expect(server.process.terminationReason == .exit)
        #expect(server.said.contains("Finishing the current requests."))
        #expect(try server.scratch.files() == ["log"])
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: server.scratch.path("spool")
            ).isEmpty)
    }

    @Test("A second signal ends it at once, and the temporary folder goes all the same")
    func twice() throws {
        let server = try ServedProgram()
        let begun = try server.begin(TestPhoto.grey(width: 640, height: 480))
        try server.wait(until: "autochrome_waiting") { $0 == 1 }
        kill(server.process.processIdentifier, SIGTERM)
        try Patience.wait(for: "what it says of its end") { server.said.contains("Finishing") }
        #expect(server.process.isRunning)
        kill(server.process.processIdentifier, SIGTERM)
        try server.process.waitForEnd()
        #expect(server.process.terminationStatus == 0)
        #expect(throws: (any Error).self) { try begun.answer() }
        #expect(
            try FileManager.default.contentsOfDirectory(
                atPath: server.scratch.path("spool")
            ).isEmpty)
    }

    @Test("What a killed server leaves, the next one removes; a living one's folder stays")
    func killed() throws {
        let (living, killed) = (try ServedProgram(), try ServedProgram())
        let begun = try killed.connect()
        try begun.send(Data(begun.head("POST", "/v1/colorize", length: 4_000_000).utf8))
        try begun.send(Data(count: 3_000_000))
        try Patience.wait(for: "a stored file") { try !killed.storedFiles().isEmpty }
        #expect(try killed.process.killAtWork())
        let spools = [living, killed].map { $0.scratch.url.appending(path: "spool") }
        for spool in spools {
            let names = try FileManager.default.contentsOfDirectory(atPath: spool.path)
            try #require(names.count == 1)
            // Folders that were made a moment ago are left alone.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -100)],
                ofItemAtPath: spool.appending(path: names[0]).path)
            let next = try ServedProgram(spool: spool)
            let left = try FileManager.default.contentsOfDirectory(atPath: spool.path)
            #expect(left.contains(names[0]) == (spool == spools[0]))
            withExtendedLifetime(next) {}
        }
    }
}
