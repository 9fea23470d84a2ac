import Foundation
import Testing

/// What `evaluate` does not write over.
@Suite struct EvaluationTargetsTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(TestPhoto.colored(width: 40, height: 30), as: "a.tif")
        try scratch.write(Data("mine".utf8), as: "weights")
        try scratch.makeFolder("folder")
    }

    @Test(
        "What is read, photographs, models, folders and one file for both are refused before work",
        arguments: [
            (["--csv", "a.tif"], "--csv a.tif: that file is read"),
            (["--model", "weights", "--report", "./weights"], "that file is read"),
            (["--report", "other.jpg"], "photographs, films and models are not replaced"),
            (["--csv", "other.safetensors"], "photographs, films and models are not replaced"),
            (["--csv", "folder"], "that is no file"),
            (["--csv", ""], "--csv is empty; give the name of a file."),
            (["--report", ""], "--report is empty; give the name of a file."),
            (["--csv", "/dev/null"], "that is no file"),
            (["--report", "none/page.html"], "its folder is not there"),
            (["--csv", "one.txt", "--report", "./one.txt"], "are one file; give two"),
        ])
    func refused(arguments: [String], sentence: String) throws {
        let before = try scratch.read("a.tif")
        let result = try Program.run(arguments: ["evaluate", "a.tif"] + arguments, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains(sentence), "\(result.error)")
        #expect(try scratch.files() == ["a.tif", "weights"])
        #expect(try scratch.read("a.tif") == before)
        #expect(try scratch.read("weights") == Data("mine".utf8))
    }
}
