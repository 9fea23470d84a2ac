import Foundation
import Testing

/// `Scripts/install`, as `make install` runs it.
@Suite struct InstallTests {
    @Test("What is installed colours by itself, and says whose it is")
    func install() throws {
        let scratch = try Scratch()
        let prefix = scratch.path("a prefix")
        let script = Program.root.appending(path: "Scripts/install")
        // Engines that others name are not what is tried here.
        let none = ["OPENVINO": "", "LIBTORCH": "", "AUTOCHROME_TORCH": ""]
        let installed = try Program.run(script, arguments: [prefix], environment: none)
        try #require(installed.status == 0, "\(installed.error)")
        let program = URL(filePath: prefix + "/bin/autochrome")
        try scratch.write(TestPhoto.grey(width: 320, height: 240), as: "a.tif")
        let run = try Process.running(program, ["a.tif"], in: scratch.url)
        #expect(run == 0 && scratch.exists("a.color.tif"))
        let files = try scratch.files()
        #expect(!files.contains { $0.contains("torch") })
        for name in [
            "share/man/man1/autochrome.1", "share/applications/autochrome.desktop",
            "share/icons/hicolor/scalable/apps/autochrome.svg",
            "share/doc/autochrome/notices/OpenVINO/LICENSE",
            "share/doc/autochrome/notices/swift-nio/NOTICE.txt",
        ] {
            #expect(files.contains("a prefix/" + name), "\(name)")
        }
        let told = try String(
            contentsOfFile: prefix + "/share/doc/autochrome/copyright", encoding: .utf8)
        #expect(told.contains("OpenVINO") && told.contains("swift-nio"))
    }
}

extension Process {
    /// The status of a program that finds no variables but a path.
    fileprivate static func running(
        _ program: URL, _ arguments: [String], in folder: URL
    ) throws -> Int32 {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
