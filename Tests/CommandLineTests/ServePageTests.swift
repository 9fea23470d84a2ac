import Autochrome
import Foundation
import SystemPackage
import Testing

/// The page that `autochrome serve` shows, in a real browser. Tests/Browser drives it.
@Suite(.serialized) struct ServePageTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(
        "In Chromium the page does what it says",
        arguments: [
            "test_absence", "test_colouring", "test_controls", "test_everyone", "test_faults",
            "test_visit",
        ])
    func inChromium(module: String) throws {
        let told = try python("-m", "unittest", module)
        // unittest is content with nothing, too.
        let count = try #require(told.firstMatch(of: /Ran (\d+) tests? in/), "\(told)")
        #expect(Int(count.1) ?? 0 >= 3, "\(told)")
        #expect(!told.contains("skipped"), "\(told)")
    }

    @Test("The documentation's screenshots can be made anew")
    func screenshots() throws {
        _ = try python("screenshots.py", scratch.path("new"))
        let old = Program.root.appending(path: "Documentation/Screenshots")
        let names = try FileManager.default.contentsOfDirectory(atPath: old.path)
        #expect(names.count == 3)
        for name in names {
            let new = try PhotoFile(
                path: FilePath(scratch.path("new/\(name)")), maxPixels: 10_000_000)
            let shown = try PhotoFile(
                path: FilePath(old.appending(path: name).path), maxPixels: 10_000_000)
            #expect(new.width == shown.width && new.height == shown.height, "\(name)")
            // In Chinese, for which a machine may have no font; lines then break elsewhere.
            if name == "phone.jpg" { continue }
            // Seen from afar they show the same; fonts differ from machine to machine.
            let (width, height) = (shown.width / 16, shown.height / 16)
            let difference = zip(
                try new.scaled(width: width, height: height).values,
                try shown.scaled(width: width, height: height).values
            ).reduce(0) { $0 + abs($1.0 - $1.1) }
            #expect(difference / Float(3 * width * height) < 0.05, "\(name)")
        }
    }

    /// Runs a program of Tests/Browser; what it says.
    private func python(_ arguments: String...) throws -> String {
        let python = Program.root.appending(path: ".deps/test/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "Playwright is missing; run Scripts/setup test")
        try scratch.write(Data(), as: "output")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B"] + arguments
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
        return told
    }
}
