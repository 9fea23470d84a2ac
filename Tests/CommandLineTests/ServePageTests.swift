import Foundation
import Testing

/// The page that `autochrome serve` shows, in a real browser. Tests/Browser drives it.
@Suite(.serialized) struct ServePageTests {
    @Test(
        "In Chromium the page does what it says",
        arguments: ["test_colouring", "test_controls", "test_everyone", "test_faults"])
    func inChromium(module: String) throws {
        let python = Program.root.appending(path: ".deps/test/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "Playwright is missing; run Scripts/setup test")
        let scratch = try Scratch()
        try scratch.write(Data(), as: "output")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", "-m", "unittest", module]
        process.currentDirectoryURL = Program.root.appending(path: "Tests/Browser")
        process.environment = ProcessInfo.processInfo.environment
            .merging(["AUTOCHROME": Program.url.path]) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(
            forWritingTo: URL(filePath: scratch.path("output")))
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        let told = String(decoding: try scratch.read("output"), as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(told.suffix(6000))")
        // unittest is content with nothing, too.
        let count = try #require(told.firstMatch(of: /Ran (\d+) tests? in/), "\(told)")
        #expect(Int(count.1) ?? 0 >= 5, "\(told)")
        #expect(!told.contains("skipped"), "\(told)")
    }
}
