import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What a batch does when it is stopped, or the disk is.
@Suite struct ColorizeFaultTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func writePhotographs(_ count: Int, width: Int, height: Int) throws {
        try scratch.makeFolder("in")
        let photo = TestPhoto.grey(width: width, height: height)
        for index in 0..<count { try scratch.write(photo, as: "in/\(index).tif") }
    }

    @Test("Ctrl-C ends with 130, leaves only whole results, and the same command goes on")
    func interrupted() throws {
        try writePhotographs(40, width: 300, height: 200)
        let process = Program.process(["in", "-o", "out"], in: scratch.url)
        let error = Pipe()
        process.standardError = error
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        while !scratch.exists("out/0.tif"), process.isRunning { usleep(2000) }
        process.interrupt()
        let text = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(text.contains("the same command resumes"), "\(text)")
        let left = try scratch.files().filter { $0.hasPrefix("out/") }
        #expect(!left.isEmpty && left.count < 40)
        #expect(left.allSatisfy { $0.hasSuffix(".tif") && !$0.hasPrefix("out/.") }, "\(left)")
        let sizes = Set(try left.map { try scratch.read($0).count })
        let again = try Program.run("in", "-o", "out", in: scratch.url)
        #expect(again.status == 0)
        #expect(again.error.contains("\(left.count) already done"), "\(again.error)")
        let all = try scratch.files().filter { $0.hasPrefix("out/") }
        #expect(all.count == 40)
        #expect(sizes == Set(try all.map { try scratch.read($0).count }))
    }

    @Test("Killed at any moment, what a process leaves is taken over by the next")
    func killed() throws {
        try writePhotographs(6, width: 900, height: 900)
        var kills = 0
        for moment in [
            ["out"], ["out/.0.tif.part", "out/0.tif"], ["out/1.tif"],
            ["out/.3.tif.part", "out/3.tif"],
        ] {
            let process = Program.process(["in", "-o", "out"], in: scratch.url)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while !moment.contains(where: scratch.exists), process.isRunning { usleep(500) }
            if try process.killAtWork() {
                kills += 1
            } else {
                // It was done before it could be killed: once more from the beginning.
                try FileManager.default.removeItem(atPath: scratch.path("out"))
            }
        }
        #expect(kills > 1)
        #expect(try Program.run("in", "-o", "out", in: scratch.url).status == 0)
        let results = try scratch.files().filter { $0.hasPrefix("out/") }
        #expect(results == (0..<6).map { "out/\($0).tif" })
        let whole = try Set(results.map { try scratch.read($0).count })
        #expect(whole.count == 1)
    }

    @Test(
        "A full disk is said at once, nothing half-written is left",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func fullDisk() throws {
        try writePhotographs(3, width: 900, height: 900)
        let disk = try SmallDisk("small", size: "3m", in: scratch)
        defer { extendLifetime(disk) }
        // Each result takes 2.4 MB, so one fits.
        let result = try Program.run("in", "-o", "small", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.lowercased().contains("no space left on device"), "\(result.error)")
        #expect(!result.error.contains(".part"), "\(result.error)")
        let left = try scratch.files().filter { $0.hasPrefix("small/") }
        #expect(left.count <= 1)
        #expect(left.allSatisfy { !$0.contains(".part") }, "\(left)")
    }

    @Test("Names with spaces, line breaks and bytes that are not UTF-8 are coloured, too")
    func names() throws {
        try scratch.makeFolder("in")
        let photo = TestPhoto.grey(width: 40, height: 30)
        for name in ["two words.tif", "line\nbreak.tif", "größe 照片.tif"] {
            try scratch.write(photo, as: "in/\(name)")
        }
        // Latin-1, as old archives have it.
        let latin =
            (scratch.path("in") + "/").utf8.map { CChar(bitPattern: $0) }
            + [CChar(bitPattern: 0xE9)] + ".tif".utf8.map { CChar(bitPattern: $0) } + [0]
        let file = try #require(fopen(latin, "wb"))
        photo.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        fclose(file)
        let result = try Program.run("in", "-o", "out", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("4 coloured"))
        let made =
            (scratch.path("out") + "/").utf8.map { CChar(bitPattern: $0) }
            + [CChar(bitPattern: 0xE9)] + ".tif".utf8.map { CChar(bitPattern: $0) } + [0]
        #expect(access(made, R_OK) == 0)
    }

    #if os(Linux)
        @Test("Too little room for the libraries is said before they crash in it")
        func littleMemory() throws {
            try writePhotographs(1, width: 60, height: 40)
            let shell = URL(filePath: "/bin/sh")
            let words = ["-c", "ulimit -v 800000; exec \"$0\" in -o out", Program.url.path]
            let result = try Program.run(shell, arguments: words, in: scratch.url)
            #expect(result.status == 1)
            #expect(result.error.contains("limited to 781 MB; at least"), "\(result.error)")
            #expect(!scratch.exists("out"))
        }
    #endif

    @Test("Input that may only be read is coloured and stays as it is")
    func readOnlyInput() throws {
        try writePhotographs(1, width: 60, height: 40)
        // Root may write in spite of the modes; when a name came or went, the folder tells.
        let (before, time) = (try scratch.tree("in"), try changeOfNames("in"))
        chmod(scratch.path("in/0.tif"), 0o444)
        chmod(scratch.path("in"), 0o555)
        defer { chmod(scratch.path("in"), 0o755) }
        #expect(try Program.run("in", "-o", "out", in: scratch.url).status == 0)
        #expect(try scratch.tree("in") == before)
        #expect(try changeOfNames("in") == time)
    }

    /// When a name in a folder came or went last.
    private func changeOfNames(_ folder: String) throws -> Date {
        let facts = try FileManager.default.attributesOfItem(atPath: scratch.path(folder))
        return try #require(facts[.modificationDate] as? Date)
    }
}
