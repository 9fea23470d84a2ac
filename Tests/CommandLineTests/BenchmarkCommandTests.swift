import Foundation
import Testing

@Suite struct BenchmarkCommandTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(TestPhoto.grey(width: 40, height: 30), as: "a.tif")
    }

    @Test("A photograph's stages are timed, and nothing stays in the folder for temporary files")
    func photograph() throws {
        try scratch.makeFolder("temporary")
        let result = try Program.run(
            "benchmark", "a.tif", "--rounds", "1", in: scratch.url,
            environment: ["TMPDIR": scratch.path("temporary")])
        #expect(result.status == 0, "\(result.error)")
        for stage in ["reading", "network", "writing"] {
            #expect(result.output.contains("a.tif: \(stage),"))
        }
        let left = try FileManager.default.contentsOfDirectory(
            atPath: scratch.path("temporary"))
        #expect(left.isEmpty)
    }

    @Test("No folder for temporary files is told, with what to do")
    func noTemporaryFolder() throws {
        let result = try Program.run(
            "benchmark", "a.tif", "--rounds", "1", in: scratch.url,
            environment: ["TMPDIR": scratch.path("none")])
        #expect(result.status == 1)
        #expect(result.error.contains("Set TMPDIR"), "\(result.error)")
    }
}
