import Autochrome
import Foundation
import Testing

/// The committed files that tests compare with.
enum Fixture {
    /// The path of a file in `Fixtures/`.
    static func path(_ name: String) throws -> String {
        let file = Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)")
        try #require(
            FileManager.default.fileExists(atPath: file.path),
            "Fixtures/\(name) is missing; Scripts/fixtures makes it")
        return file.path
    }

    /// The values of a tensor in a safetensors fixture, and its shape.
    static func tensor(
        _ name: String, in weights: Weights
    ) throws -> (values: [Float], shape: [Int]) {
        let stored = try #require(weights.tensors[name], "no \(name) in \(weights.file)")
        return (stored.floats(), stored.shape)
    }

    /// Runs `body` with a folder of its own, which is removed afterwards.
    static func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("autochrome-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }
}
