import Autochrome
import AutochromeServer
import Foundation
import Testing

/// `openapi.yaml` beside the server that it describes.
@Suite struct ServeDescriptionTests {
    private static let sources = Program.root.appending(path: "Sources/AutochromeServer")

    @Test("Every route is described, and every description is a route's")
    func routes() throws {
        let server = try ServedProgram()
        let description = try server.request("GET", "/openapi.yaml").text
        var described = Self.operations(in: description)
        #expect(described.contains("DELETE /session/photographs/{id}"))
        // The page's files are described together.
        #expect(described.remove("GET /{file}") != nil)
        let files = description.matches(of: #/\n {14}- (\S+)/#).map { "GET /\($0.1)" }
        described.formUnion(files)
        let routes = try Server(
            host: "localhost", port: 0, limits: ServerLimits(), model: nil, device: .cpu
        ).operations
        let different = described.symmetricDifference(routes)
        #expect(different.isEmpty, "\(different)")
    }

    /// Each operation of the description, as in `GET /health`.
    private static func operations(in description: String) -> Set<String> {
        var (path, operations) = ("", Set<String>())
        for line in description.split(separator: "\n") {
            if let match = line.wholeMatch(of: #/  (/.*):/#) { path = String(match.1) }
            if let match = line.wholeMatch(of: #/    (get|put|post|patch|delete|head):/#) {
                operations.insert("\(match.1.uppercased()) \(path)")
            }
        }
        return operations
    }

    @Test("Every file of the page is described and served")
    func files() throws {
        let server = try ServedProgram()
        let description = try server.request("GET", "/openapi.yaml").text
        let described = description.matches(of: #/\n {14}- (\S+)/#).map { String($0.1) }
        let page = Self.sources.appending(path: "Page").path
        let files = try FileManager.default.contentsOfDirectory(atPath: page)
        #expect(described == files.filter { $0 != "index.html" }.sorted())
        for name in described {
            let answer = try server.request("GET", "/" + name)
            #expect(answer.status == 200 && !answer.body.isEmpty, "\(name)")
        }
    }

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
        let counts = try #require(told.firstMatch(of: #/Selected: (\d+)/(\d+)/#), "\(told)")
        #expect(counts.1 == counts.2 && Int(counts.1) ?? 0 >= 14, "\(told)")
        #expect(told.contains("Tested: \(counts.1)"), "\(told)")
        let archives = #"{path="/session/archive",method="GET",status="200"}"#
        #expect(try server.figure("autochrome_requests_total" + archives) > 5)
        #expect(server.process.isRunning)
        #expect(try server.figure("autochrome_stored_bytes") < 10e6)
    }
}
