import Foundation
import Testing

/// An installed program whose model was damaged.
struct ModelSealTests {
    /// The program and its model as `make install` lays them out, a byte of the last tensor changed.
    private static func install(in scratch: Scratch) throws -> (program: URL, model: String) {
        let program = scratch.url.appending(path: "bin/autochrome")
        try scratch.makeFolder("bin")
        try scratch.makeFolder("share/autochrome")
        do {
            try FileManager.default.linkItem(at: Program.url, to: program)
        } catch {
            try FileManager.default.copyItem(at: Program.url, to: program)
        }
        let models = Program.root.appending(path: "Models")
        let name = "share/autochrome/autochrome.safetensors"
        var content = try Data(contentsOf: models.appending(path: "autochrome.safetensors"))
        content[content.count - 1] ^= 1
        try scratch.write(content, as: name)
        try scratch.write(
            try Data(contentsOf: models.appending(path: "SHA256SUMS")),
            as: "share/autochrome/SHA256SUMS")
        return (program, scratch.path(name))
    }

    @Test func `the program's own model is refused with a sentence, the same file by name is not`()
        throws
    {
        let scratch = try Scratch()
        let (program, model) = try Self.install(in: scratch)
        let refused = try Program.run(program, arguments: ["model", "info"])
        #expect(refused.status == 1)
        #expect(refused.output.isEmpty)
        #expect(refused.error.contains("\(model): damaged: SHA-256 "))
        #expect(refused.error.contains("install the program again"))
        let named = try Program.run(program, arguments: ["model", "info", model])
        #expect(named.status == 0, "\(named.error)")
        #expect(named.output.contains("ChromaNetwork"))
    }

    @Test func `nothing is coloured with a damaged model`() throws {
        let scratch = try Scratch()
        let (program, _) = try Self.install(in: scratch)
        try scratch.write(TestPhoto.grey(width: 40, height: 30), as: "photo.tif")
        let result = try Program.run(program, arguments: [scratch.path("photo.tif")])
        #expect(result.status == 1)
        #expect(result.error.contains("damaged: SHA-256 "))
        #expect(!scratch.exists("photo.color.tif"))
    }
}
