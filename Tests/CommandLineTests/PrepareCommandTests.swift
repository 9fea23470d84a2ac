import Foundation
import Testing

@Suite struct PrepareCommandTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.makeFolder("in")
        for index in 0..<40 {
            try scratch.write(TestPhoto.prepared(index), as: "in/\(index).tif")
        }
    }

    /// Every file of a data set with its bytes.
    private func tree(_ name: String) throws -> [String: Data] {
        try scratch.tree(name)
    }

    @Test("The counts come as a table, or as JSON with --json")
    func counts() throws {
        let table = try Program.run(
            "prepare", "in", "-o", "out", "--any-format", in: scratch.url)
        #expect(table.status == 0, "\(table.error)")
        #expect(table.results.first == "files of the sources              40")
        #expect(table.results.contains("kept                              40"))
        let json = try Program.run(
            "prepare", "in", "-o", "out", "--any-format", "--json", in: scratch.url)
        let report = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
        let counts = try #require((report as? [String: Any])?["counts"] as? [String: Any])
        #expect(counts["kept"] as? Int == 40)
        #expect((counts["dropped"] as? [String: Int])?["damaged"] == 0)
    }

    /// How much has been noted in a data set that is not done.
    private func notes(_ name: String) -> Int {
        let journal = try? scratch.read(name + "/.prepare/journal-0.jsonl")
        return journal?.count(where: { $0 == UInt8(ascii: "\n") }) ?? 0
    }

    @Test(
        "Killed at any moment, the same command goes on to the same bytes",
        arguments: [[], ["--shards", "1"]])
    func killed(_ options: [String]) throws {
        let arguments = ["prepare", "in", "--any-format", "--workers", "2"] + options
        let whole = Program.process(arguments + ["-o", "whole"], in: scratch.url)
        whole.standardOutput = FileHandle.nullDevice
        try whole.run()
        whole.waitUntilExit()
        try #require(whole.terminationStatus == 0)
        var kills = 0
        for attempt in 0..<24 {
            // Up to three photographs further than before; the last note is that of the end.
            let goal = min(notes("part") + attempt % 4, 41)
            let process = Program.process(arguments + ["-o", "part"], in: scratch.url)
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            while !scratch.exists("part") || notes("part") < goal, process.isRunning {
                usleep(500)
            }
            if try process.killAtWork() {
                kills += 1
            } else if kills > 1 {
                break
            } else {
                // It was done before it could be killed: once more from the beginning.
                try FileManager.default.removeItem(atPath: scratch.path("part"))
                kills = 0
            }
        }
        #expect(kills > 1)
        let last = try Program.run(arguments: arguments + ["-o", "part"], in: scratch.url)
        #expect(last.status == 0, "\(last.error)")
        #expect(try tree("part") == tree("whole"))
    }

    @Test("Processes at once that share the work make the data set one would make")
    func processes() throws {
        #expect(
            try Program.run("prepare", "in", "--any-format", "-o", "one", in: scratch.url).status
                == 0)
        let results = try Program.run(processes: 3, in: scratch.url) { _ in
            ["prepare", "in", "--any-format", "--workers", "1", "-o", "many"]
        }
        for result in results {
            #expect(result.status == 0, "\(result.error)")
        }
        #expect(try tree("many") == tree("one"))
    }

    @Test(
        "Commands that make no sense are told with status 64",
        arguments: [
            (["in", "-o", "out", "--size", "3"], "--size is 3; it goes from 16 to 8192 pixels."),
            (
                ["in", "-o", "out", "--article", "--min-side", "3"],
                "--article decides what --min-side"
            ),
            (["none", "-o", "out"], "none: no such file or folder."),
            (["in", "-o", ""], "-o is empty; give a folder, as in -o set."),
            (["", "-o", "out"], "A source is empty; give a folder, an archive or a photograph."),
            (["in", "-o", "in"], "in contains other files; give a new or empty folder with -o."),
        ])
    func usage(_ arguments: [String], _ sentence: String) throws {
        let result = try Program.run(arguments: ["prepare"] + arguments, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains(sentence))
    }

    @Test("Of sources without a file no data set is made, and files that come later are taken")
    func noFiles() throws {
        try scratch.makeFolder("em")
        let empty = try Program.run("prepare", "em", "-o", "out", "--any-format", in: scratch.url)
        #expect(empty.status == 1)
        #expect(empty.error.contains("em: no files in it."), "\(empty.error)")
        #expect(try scratch.tree("out").isEmpty)
        try scratch.write(TestPhoto.prepared(0), as: "em/0.tif")
        let next = try Program.run("prepare", "em", "-o", "out", "--any-format", in: scratch.url)
        #expect(next.status == 0, "\(next.error)")
        #expect(next.results.contains("kept                               1"))
    }

    @Test("A source is found whose name is no UTF-8")
    func sourceName() throws {
        // A `Process` passes UTF-8 alone, so a shell gives the name.
        let result = try Program.run(
            URL(filePath: "/bin/sh"),
            arguments: [
                "-c",
                #"name=$(printf 'caf\351') && mv in "$name" && "$0" prepare "$name" -o out --any-format"#,
                Program.url.path,
            ], in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.results.contains("kept                              40"))
    }

    @Test("An archive that cannot be read whole is told with status 1, and what was whole is kept")
    func status() throws {
        try scratch.write(Data([0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 3]), as: "cut.tgz")
        let result = try Program.run(
            "prepare", "cut.tgz", "in", "-o", "out", "--any-format", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("cut.tgz: "))
        #expect(result.results.contains("kept                              40"))
    }

    @Test(
        "A full disk stops with a sentence, and the same command goes on when there is room",
        .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
    func fullDisk() throws {
        let disk = try SmallDisk("disk", size: "300k", in: scratch)
        defer { extendLifetime(disk) }
        let full = try Program.run(
            "prepare", "in", "-o", "disk/out", "--any-format", in: scratch.url)
        #expect(full.status == 1)
        #expect(full.error.contains("No space left on device. Finished work is kept"))
        try disk.resize(to: "100m")
        for output in ["disk/out", "whole"] {
            let result = try Program.run(
                "prepare", "in", "-o", output, "--any-format", in: scratch.url)
            #expect(result.status == 0, "\(result.error)")
        }
        #expect(try tree("disk/out") == tree("whole"))
    }

    #if os(Linux)
        @Test("A file system without locks is told, and not taken for another process at work")
        func noLocks() throws {
            let code = #"""
                #include <errno.h>
                extern "C" int flock(int, int) { return errno = ENOLCK, -1; }

                """#
            try scratch.write(Data(code.utf8), as: "locks.cpp")
            let compiler = ProcessInfo.processInfo.environment["CXX"] ?? "g++"
            let compiled = try Program.run(
                URL(filePath: "/usr/bin/env"),
                arguments: [compiler, "-shared", "-fPIC", "-o", "locks.so", "locks.cpp"],
                in: scratch.url)
            try #require(compiled.status == 0, "\(compiled.error)")
            let result = try Program.run(
                "prepare", "in", "-o", "out", "--any-format", in: scratch.url,
                environment: ["LD_PRELOAD": scratch.path("locks.so")])
            #expect(result.status == 1)
            #expect(
                result.error.contains("out/.prepare/lock: cannot be locked: No locks available."))
        }
    #endif
}
