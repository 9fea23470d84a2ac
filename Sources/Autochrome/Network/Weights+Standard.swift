internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Weights {
    /// The path of the weights that come with the program, after their SHA-256 was compared.
    ///
    /// Reads the whole file once.
    ///
    /// - Throws: `WeightsError`: missing where they were installed, unsealed or damaged.
    package static func standardFile() throws(WeightsError) -> String {
        let places = Installation.candidates(
            for: "autochrome.safetensors", installed: "share/autochrome", checkout: "Models")
        guard let path = Installation.first(of: places) else { throw .missing(file: places[0]) }
        try checkSeal(of: path)
        return path
    }

    /// Compares a file's SHA-256 with the one that `SHA256SUMS` beside it gives, in lines as
    /// `sha256sum` writes them.
    ///
    /// - Throws: `WeightsError`: unreadable, unsealed or damaged.
    package static func checkSeal(of file: String) throws(WeightsError) {
        let url = URL(fileURLWithPath: file)
        let sums = url.deletingLastPathComponent().appendingPathComponent("SHA256SUMS").path
        let lines = FileManager.default.contents(atPath: sums)
            .map { String(decoding: $0, as: UTF8.self).split(separator: "\n") }
        let suffix = "  \(url.lastPathComponent)"
        guard let line = lines?.first(where: { $0.hasSuffix(suffix) }) else {
            throw .unsealed(file: file, sums: sums)
        }
        let expected = String(line.dropLast(suffix.count))
        let digest = SHA256.hash(data: try content(of: file))
        let found = digest.map { $0.padded(2, radix: 16) }.joined()
        guard found == expected else {
            throw .damaged(file: file, expected: expected, found: found)
        }
    }
}
