import Autochrome
import Foundation
import Testing

@Suite struct OpenVINOTests {
    @Test func `the library says its release`() throws {
        #expect(try OpenVINO.release().hasPrefix("2026."))
    }

    @Test func `what is declared of the library is what its headers declare`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../..").standardizedFileURL
        let headers =
            ProcessInfo.processInfo.environment["OPENVINO"].map { $0 + "/include" }
            ?? root.appending(path: ".deps/openvino/include").path
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = [
            "cc", "-std=gnu11", "-fsyntax-only", "-I", headers,
            "-I", root.appending(path: "Sources/COpenVINO/include").path,
            root.appending(path: "Tests/OpenVINO/headers.c").path,
        ]
        try compiler.run()
        compiler.waitUntilExit()
        #expect(compiler.terminationStatus == 0)
    }

    @Test func `a missing OpenVINO is a sentence that says where it was looked for`() async {
        await #expect(processExitsWith: .success) {
            setenv("OPENVINO", "/nowhere", 1)
            let error = try #require(throws: TensorError.self) { try OpenVINO.release() }
            #expect(error.description.contains("$OPENVINO names a folder without lib/"))
            #expect(error.description.contains("Scripts/setup"))
            unsetenv("OPENVINO")
            // What failed once is looked for again.
            #expect(try OpenVINO.release().hasPrefix("2026."))
        }
    }

    @Test(arguments: [
        (Array("no library".utf8), "cannot be used: "), ([], "cannot be used: "),
        (nil, "it does not export ov_"),
    ])
    func `a broken or foreign OpenVINO is a sentence`(bytes: [UInt8]?, text: String) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "openvino-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let lib = folder.appending(path: "lib")
        try FileManager.default.createDirectory(at: lib, withIntermediateDirectories: true)
        let library = lib.appending(path: "libopenvino_c.so.2641")
        let foreign = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../.deps/libtorch/lib/libc10.so")
        try (bytes.map { Data($0) } ?? Data(contentsOf: foreign)).write(to: library)
        let path = folder.path
        await #expect(processExitsWith: .success) {
            [path = path as String, text = text as String] in
            setenv("OPENVINO", path, 1)
            let error = try #require(throws: TensorError.self) { try OpenVINO.release() }
            #expect(error.description.contains(text), "\(error)")
            #expect(error.description.hasPrefix(path), "\(error)")
            #expect(!error.description.contains("\n"), "\(error)")
        }
    }
}
