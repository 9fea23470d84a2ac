import Foundation
import Testing

@Suite struct ColorizeCommandTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("photo.tif gives photo.color.tif beside it, named on standard output")
    func besideThePhotograph() throws {
        let photo = TestPhoto.grey(width: 90, height: 60)
        try scratch.write(photo, as: "photo.tif")
        let result = try Program.run(scratch.path("photo.tif"))
        #expect(result.status == 0, "\(result.error)")
        #expect(result.results == [scratch.path("photo.color.tif")])
        #expect(try scratch.files() == ["photo.color.tif", "photo.tif"])
        #expect(try scratch.read("photo.tif") == photo)
    }

    @Test("A result that is there is kept and counted as done, unless --overwrite is given")
    func keepsResults() throws {
        try scratch.write(TestPhoto.grey(width: 40, height: 40), as: "a.tif")
        try scratch.write(Data("mine".utf8), as: "a.color.tif")
        let kept = try Program.run(scratch.path("a.tif"))
        #expect(kept.status == 0)
        #expect(kept.output.isEmpty)
        #expect(try scratch.read("a.color.tif") == Data("mine".utf8))
        let replaced = try Program.run(scratch.path("a.tif"), "--overwrite")
        #expect(replaced.status == 0)
        #expect(try scratch.read("a.color.tif").starts(with: [0x49, 0x49, 42, 0]))
    }

    @Test("-o mirrors a folder's tree, hidden files, other files and loops of links left out")
    func mirrorsFolder() throws {
        try scratch.makeFolder("in/deep/er")
        for name in ["in/a.tif", "in/deep/b.tif", "in/deep/er/c d.TIF", "in/.hidden.tif"] {
            try scratch.write(TestPhoto.grey(width: 20, height: 30), as: name)
        }
        try scratch.write(Data("notes".utf8), as: "in/notes.txt")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("in/deep/loop"), withDestinationPath: scratch.path("in"))
        let result = try Program.run("in", "-o", "out", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        #expect(
            try scratch.files().filter { $0.hasPrefix("out/") }
                == ["out/a.tif", "out/deep/b.tif", "out/deep/er/c d.TIF"])
    }

    @Test("A second run over a folder does not colour its own results")
    func ownResults() throws {
        try scratch.write(TestPhoto.grey(width: 20, height: 30), as: "a.tif")
        for _ in 0..<2 { #expect(try Program.run(scratch.url.path).status == 0) }
        #expect(try scratch.files() == ["a.color.tif", "a.tif"])
        // As a shell's *.tif names them.
        let named = try Program.run(scratch.path("a.color.tif"), scratch.path("a.tif"))
        #expect(named.status == 0)
        #expect(try scratch.files() == ["a.color.tif", "a.tif"])
    }

    @Test("An output folder inside the input folder is not walked")
    func outputInside() throws {
        try scratch.write(TestPhoto.grey(width: 20, height: 30), as: "a.tif")
        for _ in 0..<2 { #expect(try Program.run(".", "-o", "out", in: scratch.url).status == 0) }
        #expect(try scratch.files() == ["a.tif", "out/a.tif"])
    }

    @Test("Photographs in colour are skipped in folders, done with --recolor and when named")
    func alreadyColored() throws {
        try scratch.makeFolder("in")
        try scratch.write(TestPhoto.colored(width: 64, height: 64), as: "in/a.tif")
        let skipped = try Program.run("in", "-o", "one", "--json", in: scratch.url)
        #expect(skipped.status == 0)
        #expect(skipped.output.contains("\"alreadyColored\" : 1"))
        #expect(!scratch.exists("one/a.tif"))
        #expect(try Program.run("in", "-o", "two", "--recolor", in: scratch.url).status == 0)
        #expect(scratch.exists("two/a.tif"))
        #expect(try Program.run("in/a.tif", "-o", "three/", in: scratch.url).status == 0)
        #expect(scratch.exists("three/a.tif"))
    }

    @Test("Two photographs that would give one result are an error before any work")
    func oneResult() throws {
        try scratch.makeFolder("x")
        try scratch.makeFolder("y")
        try scratch.write(TestPhoto.grey(width: 20, height: 30), as: "x/a.tif")
        try scratch.write(TestPhoto.grey(width: 20, height: 30), as: "y/a.tif")
        let result = try Program.run("x/a.tif", "y/a.tif", "-o", "out", in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains("x/a.tif and y/a.tif would both become out/a.tif"))
        #expect(!scratch.exists("out"))
    }

    @Test(
        "A destination that cannot be is a usage error that says what to do",
        arguments: [
            (["a.tif", "-o", "."], "would replace the photograph"),
            (["a.tif", "b.tif", "-o", "out.tif"], "give a folder with -o"),
            (["a.tif", "-o", "notes.txt"], "is a file, not a folder"),
            (["a.tif", "-o", "out.png", "--format", "tiff"], "contradict each other"),
            (["a.tif", "--vividness", "2"], "from 0 to 1"),
            (["a.tif", "--saturation", "-1"], "saturation"),
            (["a.tif", "--detail", "5"], "from 32 to 2048"),
            (["a.tif", "--format", "png", "--quality", "80"], "which is lossless"),
            (["a.tif", "--format", "bmp"], "bmp"),
            (["a.tif", "--device", "gpu"], "gpu"),
            ([], "inputs"),
        ])
    func usage(arguments: [String], sentence: String) throws {
        for name in ["a.tif", "b.tif"] {
            try scratch.write(TestPhoto.grey(width: 20, height: 30), as: name)
        }
        try scratch.write(Data("notes".utf8), as: "notes.txt")
        let process = Program.process(arguments, in: scratch.url)
        let error = Pipe()
        process.standardError = error
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
        #expect(text.contains(sentence), "\(text)")
        #expect(try scratch.files() == ["a.tif", "b.tif", "notes.txt"])
    }

    @Test("A bad file is named on standard error, the rest goes on, and the status is 1")
    func badFiles() throws {
        let good = TestPhoto.grey(width: 60, height: 60)
        try scratch.write(good, as: "good.tif")
        try scratch.write(Data(), as: "empty.jpg")
        try scratch.write(Data("not a photograph".utf8), as: "text.png")
        try scratch.write(good.prefix(1000), as: "short.tif")
        let result = try Program.run(
            "empty.jpg", "good.tif", "text.png", "short.tif", "gone.jpg", in: scratch.url)
        #expect(result.status == 1)
        for name in ["empty.jpg", "text.png", "short.tif", "gone.jpg"] {
            #expect(result.error.contains("\(name): "), "\(result.error)")
        }
        #expect(result.error.contains("1 coloured, 4 failed"))
        #expect(
            try scratch.files()
                == ["empty.jpg", "good.color.tif", "good.tif", "short.tif", "text.png"])
    }

    @Test("A folder that cannot be written is said at once, and nothing is left")
    func unwritableFolder() throws {
        try scratch.write(TestPhoto.grey(width: 60, height: 60), as: "a.tif")
        let result = try Program.run("a.tif", "-o", "/proc/nowhere/", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("/proc/nowhere: the folder cannot be created"))
    }

    @Test("A missing model stops the batch with one sentence")
    func missingModel() throws {
        for name in ["a.tif", "b.tif"] {
            try scratch.write(TestPhoto.grey(width: 60, height: 60), as: name)
        }
        let result = try Program.run("a.tif", "b.tif", "--model", "none.st", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("none.st: no such file"), "\(result.error)")
        #expect(try scratch.files() == ["a.tif", "b.tif"])
    }

    @Test("Help and version do not need libtorch", arguments: ["--help", "--version"])
    func withoutLibtorch(flag: String) throws {
        let result = try Program.run(
            flag, environment: ["AUTOCHROME_TORCH": "/nowhere/libautochrome_torch.so"])
        #expect(result.status == 0)
        #expect(!result.output.isEmpty)
    }

    @Test("Processes that share a folder colour each photograph once")
    func shares() throws {
        try scratch.makeFolder("in")
        for index in 0..<5 {
            try scratch.write(TestPhoto.grey(width: 20, height: 30), as: "in/\(index).tif")
        }
        var results: [[String]] = []
        for rank in 0..<2 {
            let result = try Program.run(
                "in", "-o", "out", in: scratch.url,
                environment: ["RANK": "\(rank)", "WORLD_SIZE": "2"])
            #expect(result.status == 0, "\(result.error)")
            results.append(result.results.sorted())
        }
        #expect(results[0] == ["out/0.tif", "out/2.tif", "out/4.tif"])
        #expect(results[1] == ["out/1.tif", "out/3.tif"])
        let wrong = try Program.run("in", in: scratch.url, environment: ["RANK": "2"])
        #expect(wrong.status == 64)
        #expect(wrong.error.contains("WORLD_SIZE is not set"))
    }
}
