import Autochrome
import Foundation
import Testing

/// The model that comes with the program is compared with its SHA-256.
struct WeightsSealTests {
    /// A file of weights, as far as a sum goes, and the seal of the text `abc` (FIPS 180-4's own
    /// example) beside it.
    private static func files(in folder: String, seal: String?) throws -> String {
        let file = folder + "/some.safetensors"
        try Data("abc".utf8).write(to: URL(fileURLWithPath: file))
        if let seal {
            try Data(seal.utf8).write(to: URL(fileURLWithPath: folder + "/SHA256SUMS"))
        }
        return file
    }

    private static func checkSeal(of file: String) throws {
        try Weights.checkSeal(of: try Data(contentsOf: URL(fileURLWithPath: file)), file: file)
    }

    private static let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test(arguments: ["\(sum)  some.safetensors\n", "00  other\n\(sum)  some.safetensors"])
    func `a file with its own sum passes`(seal: String) async throws {
        try await Fixture.withFolder { folder in
            try Self.checkSeal(of: try Self.files(in: folder, seal: seal))
        }
    }

    @Test(arguments: [nil, "", "\(sum)  another.safetensors\n", "\(sum)  awesome.safetensors\n"])
    func `a file without a sum is a sentence`(seal: String?) async throws {
        try await Fixture.withFolder { folder in
            let file = try Self.files(in: folder, seal: seal)
            #expect(throws: WeightsError.unsealed(file: file, sums: folder + "/SHA256SUMS")) {
                try Self.checkSeal(of: file)
            }
        }
    }

    @Test func `the supplied model is as it was sealed, and not with any bit changed`()
        async throws
    {
        let standard = try Weights.standardFile()
        var content = try Data(contentsOf: URL(fileURLWithPath: standard))
        try await Fixture.withFolder { folder in
            let file = folder + "/autochrome.safetensors"
            try FileManager.default.copyItem(
                atPath: (standard as NSString).deletingLastPathComponent + "/SHA256SUMS",
                toPath: folder + "/SHA256SUMS")
            for place in [0, content.count / 2, content.count - 1] {
                content[place] ^= 1
                try content.write(to: URL(fileURLWithPath: file))
                let error = #expect(throws: WeightsError.self) {
                    try Self.checkSeal(of: file)
                }
                guard case .damaged(_, let expected, let found) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(expected.count == 64 && found.count == 64 && expected != found)
                content[place] ^= 1
            }
            try content.write(to: URL(fileURLWithPath: file))
            try Self.checkSeal(of: file)
        }
    }
}
