import Foundation
import Testing

/// `openapi.yaml` beside the server that it describes.
@Suite struct ServeDescriptionTests {
    @Test("The server does what its description says, tried by a property-based tester")
    func description() throws {
        let tester = Program.root.appending(path: ".deps/test/bin/schemathesis")
        try #require(
            FileManager.default.isExecutableFile(atPath: tester.path),
            "schemathesis is missing; run Scripts/setup test")
        let server = try ServedProgram()
        let page = try Page(server)
        let photograph = try page.add(TestPhoto.grey(width: 60, height: 40))
        let output = server.scratch.url.appending(path: "output")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = tester
        process.currentDirectoryURL = server.scratch.url
        process.arguments = [
            "--config-file",
            Program.root.appending(path: "Tests/CommandLineTests/schemathesis.toml").path,
            "run", "http://127.0.0.1:\(server.port)/openapi.yaml", "--checks", "all",
            "--max-examples", "20", "--generation-deterministic", "--no-color",
            "--header", "Cookie: \(page.cookie["Cookie"] ?? "")",
        ]
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PHOTOGRAPH": photograph]) { _, new in new }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        let told = try String(contentsOf: output, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(told.suffix(6000))")
        // Nothing was tried if nothing was found to be tried.
        #expect(told.contains("Tested: 16") && told.contains("Selected: 16/16"), "\(told)")
        let archives = #"{path="/session/archive",method="GET",status="200"}"#
        #expect(try server.figure("autochrome_requests_total" + archives) > 5)
        #expect(server.process.isRunning)
        #expect(try server.figure("autochrome_stored_bytes") < 10e6)
    }
}
