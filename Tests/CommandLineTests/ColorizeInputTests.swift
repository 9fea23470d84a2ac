import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Which of its inputs `colorize` takes, and which it refuses.
@Suite struct ColorizeInputTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.makeFolder("in")
        try scratch.write(TestPhoto.grey(width: 40, height: 30), as: "in/a.tif")
    }

    private func link(_ name: String, to destination: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path(name), withDestinationPath: destination)
    }

    /// Runs a script in which "$0" is the program and "$@" are its arguments.
    private func shell(_ script: String, _ arguments: [String] = []) throws -> Program.Result {
        try Program.run(
            URL(filePath: "/bin/sh"), arguments: ["-c", script, Program.url.path] + arguments,
            in: scratch.url)
    }

    @Test(
        "An input folder is no folder for the results, by whatever name",
        arguments: ["in", "in/", "./in/../in", "link"])
    func resultsAmongInputs(output: String) throws {
        try link("link", to: "in")
        let result = try Program.run("in", "-o", output, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains("the results would be among the photographs"))
        #expect(try scratch.files() == ["in/a.tif"])
    }

    #if os(Linux)
        @Test("Names that read alike but differ in bytes are different photographs")
        func names() throws {
            // é in one character and in two, then Latin-1's é and è, which are no UTF-8.
            let script = #"""
                for name in 'caf\303\251' 'cafe\314\201' 'caf\351' 'caf\350'; do
                    cp in/a.tif "$(printf "$name.tif")"
                done
                exec "$0" caf*.tif -o out
                """#
            let result = try shell(script)
            #expect(result.status == 0)
            #expect(result.error.contains("4 coloured."), "\(result.error)")
        }

        @Test("The folder for the results is named by its bytes, too")
        func resultsFolder() throws {
            let script = #"""
                out=$(printf 'r\351sultats')
                "$0" in/a.tif -o "$out" && test -e "$out/a.tif"
                """#
            let result = try shell(script)
            #expect(result.status == 0, "\(result.error)")
        }

        @Test(
            "What standard output does not take is told, and the status is 1",
            arguments: [["in/a.tif"], ["in/a.tif", "--json"], ["model", "info"]])
        func lostOutput(arguments: [String]) throws {
            let result = try shell(#"exec "$0" "$@" >/dev/full"#, arguments)
            #expect(result.status == 1)
            #expect(
                result.error.contains("Cannot write to standard output: No space left"),
                "\(result.error)")
        }
    #endif

    @Test("Links named as photographs that lead nowhere are failures, others are not seen")
    func links() throws {
        try link("in/gone.jpg", to: "nowhere.jpg")
        try link("in/loop.jpg", to: "loop.jpg")
        try link("in/notes.txt", to: "nowhere.txt")
        let result = try Program.run("in", "-o", "out", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("in/gone.jpg: broken link"))
        #expect(result.error.contains("in/loop.jpg: broken link"))
        #expect(!result.error.contains("notes"))
        #expect(result.error.contains("1 coloured, 2 failed."), "\(result.error)")
    }

    @Test(
        "A folder that may not be entered is a failure",
        .enabled(if: geteuid() != 0, "root may enter every folder"))
    func closedFolder() throws {
        try scratch.makeFolder("in/closed/deep")
        defer { chmod(scratch.path("in/closed"), 0o755) }
        for (mode, sentence) in [
            (0o000, "in/closed: the folder cannot be read"),
            (0o444, "in/closed/deep: cannot be reached"),
        ] {
            chmod(scratch.path("in/closed"), mode_t(mode))
            let result = try Program.run("in", "-o", "out", in: scratch.url)
            #expect(result.status == 1)
            #expect(result.error.contains(sentence), "\(result.error)")
        }
    }

    @Test("A folder that has a result's name is told, not taken for the result")
    func folderForResult() throws {
        try scratch.makeFolder("out/a.tif")
        for more in [[], ["--overwrite"]] {
            let result = try Program.run(
                arguments: ["in", "-o", "out"] + more, in: scratch.url)
            #expect(result.status == 1)
            #expect(
                result.error.contains("in/a.tif: its result would be out/a.tif, a folder"),
                "\(result.error)")
        }
    }

    @Test("What an interruption left of a film is no film: dropped beside the film, else refused")
    func filmParts() throws {
        let part = "in/film.color.part-2.mp4"
        try scratch.write(Data("no film".utf8), as: "in/film.mp4")
        try scratch.write(Data("no film".utf8), as: part)
        let beside = try Program.run("in/film.mp4", part, in: scratch.url)
        #expect(beside.error.contains("0 coloured, 1 failed."), "\(beside.error)")
        let alone = try Program.run(part, in: scratch.url)
        #expect(alone.status == 64)
        #expect(alone.error.contains("give the film itself"), "\(alone.error)")
    }

    @Test(
        "Options without effect and results that cannot be written are refused",
        arguments: [
            (["in/film.mp4", "--max-pixels", "1M"], "--max-pixels is for photographs"),
            (["in/a.tif", "-o", "result.bmp"], "unsupported output format; supported: jpeg"),
            (["in/a.tif", "-o", ""], "-o is empty"),
        ])
    func withoutEffect(arguments: [String], sentence: String) throws {
        try scratch.write(Data("no film".utf8), as: "in/film.mp4")
        let result = try Program.run(arguments: arguments, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains(sentence), "\(result.error)")
        #expect(try scratch.files() == ["in/a.tif", "in/film.mp4"])
    }

    @Test("A slash makes a folder of any name")
    func slash() throws {
        let result = try Program.run("in/a.tif", "-o", "result.bmp/", in: scratch.url)
        #expect(result.results == ["result.bmp/a.tif"], "\(result.error)")
    }

    @Test("A file's name cannot command the terminal")
    func controlCharacters() throws {
        try scratch.write(Data("no photograph".utf8), as: "in/\u{1B}[2Jb.tif")
        let result = try Program.run("in", "-o", "out", in: scratch.url)
        #expect(result.status == 1)
        #expect(!result.error.contains("\u{1B}"))
        #expect(result.error.contains(#"in/\u{1B}[2Jb.tif: "#), "\(result.error)")
    }
}
