internal import Crypto

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension Weights {
    /// The weights of a model file; without one those that come with the program, after their
    /// SHA-256 was compared.
    ///
    /// - Throws: `WeightsError`
    package init(model file: String?) throws(WeightsError) {
        let path = if let file { file } else { try Self.standardFile() }
        let data = try Self.content(of: path)
        if file == nil { try Self.checkSeal(of: data, file: path) }
        try self.init(data, of: path)
    }

    /// The path of the weights that come with the program.
    ///
    /// - Throws: `WeightsError.missing` where they were installed.
    package static func standardFile() throws(WeightsError) -> String {
        let places = Installation.candidates(
            for: "autochrome.safetensors", installed: "share/autochrome", checkout: "Models")
        guard let path = Installation.first(of: places) else { throw .missing(file: places[0]) }
        return path
    }

    /// Compares the SHA-256 of a file's content with the one that `SHA256SUMS` beside the file
    /// gives, in lines as `sha256sum` writes them.
    ///
    /// - Throws: `WeightsError`: unsealed or damaged.
    package static func checkSeal(of content: Data, file: String) throws(WeightsError) {
        let url = URL(fileURLWithPath: file)
        let sums = url.deletingLastPathComponent().appendingPathComponent("SHA256SUMS").path
        let lines = FileManager.default.contents(atPath: sums)
            .map { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
        let suffix = "  \(url.lastPathComponent)"
        guard let line = lines?.first(where: { $0.hasSuffix(suffix) }) else {
            throw .unsealed(file: file, sums: sums)
        }
        let expected = String(line.dropLast(suffix.count))
        let digest = SHA256.hash(data: content)
        let found = digest.map { $0.padded(2, radix: 16) }.joined()
        guard found == expected else {
            throw .damaged(file: file, expected: expected, found: found)
        }
    }
}
