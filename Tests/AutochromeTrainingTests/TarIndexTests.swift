import AutochromeTraining
import Foundation
import SystemPackage
import Testing

/// Archives whose headers lie, as found by fuzzing: none may end the program or fill the memory.
@Suite struct TarIndexTests {
    /// The header of a file that is said to have `size` bytes, a field of 12.
    private static func header(
        _ name: String, size: [UInt8], kind: Character = "0"
    ) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        block.replaceSubrange(0..<name.utf8.count, with: name.utf8)
        block.replaceSubrange(124..<136, with: size)
        block.replaceSubrange(148..<156, with: "        ".utf8)
        block[156] = kind.asciiValue ?? 0
        block.replaceSubrange(257..<265, with: "ustar\u{0}00".utf8)
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        block.replaceSubrange(148..<148 + sum.utf8.count, with: sum.utf8)
        return block
    }

    private static func octal(_ size: Int) -> [UInt8] {
        let digits = String(size, radix: 8)
        return Array((String(repeating: "0", count: 11 - digits.utf8.count) + digits + " ").utf8)
    }

    private static func source(_ archive: [UInt8]) throws -> PhotoSource {
        let scratch = try Scratch()
        try scratch.write(archive, as: "data/0.tar")
        return try PhotoSource([scratch.path("data").string])
    }

    /// What lies, and the archive.
    static let refused: [(String, [UInt8])] = [
        ("96 bits of a size", header("a.png", size: [UInt8](repeating: 0xFF, count: 12))),
        (
            "a size past 62 bits",
            header("a.png", size: [0x80, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0])
        ),
        ("a name of 8 GB", header("a.png", size: octal(0o77_777_777_777), kind: "L")),
        ("records of 8 GB", header("a.png", size: octal(0o77_777_777_777), kind: "x")),
    ]

    @Test(arguments: refused)
    func `sizes that nothing has are no archive`(what: String, archive: [UInt8]) {
        let error = #expect(throws: TrainingError.self, "\(what)") { try Self.source(archive) }
        #expect(error?.description.contains("no uncompressed tar archive") == true)
    }

    @Test func `a header whose check sum does not fit is none`() {
        let header = Self.header("a.png", size: Self.octal(0))
        let changed = Array("b".utf8) + header.dropFirst()
        #expect(ArchiveSignature.matches(header))
        #expect(!ArchiveSignature.matches(changed))
        let error = #expect(throws: TrainingError.self) { try Self.source(changed) }
        #expect(error?.description.contains("no uncompressed tar archive") == true)
    }

    @Test(arguments: ["2 \n", "1 ", "3 \n", "99 path=x\n", " ", "-1 x"])
    func `a record shorter than its own length is no name`(record: String) throws {
        let block = Array(record.utf8)
        let archive =
            Self.header("pax", size: Self.octal(block.count), kind: "x") + block
            + [UInt8](repeating: 0, count: 512 - block.count)
            + Self.header("a.png", size: Self.octal(0))
        #expect(try Self.source(archive).names == ["0.tar!a.png"])
    }

    @Test func `a member of more bytes than the archive is cut short`() throws {
        let scratch = try Scratch()
        // 2^60 bytes.
        let size: [UInt8] = [0x80, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0]
        try scratch.write(Self.header("a.png", size: size), as: "data/0.tar")
        let good = try TestPhotograph.jpeg(1)
        try scratch.write(good, as: "data/b.jpg")
        let source = try PhotoSource([scratch.path("data").string])
        #expect(source.names == ["0.tar!a.png", "b.jpg"])
        let maker = SampleMaker(
            source: source, size: 64, augmentation: .none, seed: 0, givesCells: false)
        let sample = try maker.sample(at: 0, of: [0, 1], epoch: 0)
        #expect(sample.name == "b.jpg")
        #expect(sample.skipped.first?.reason.contains("the archive is truncated") == true)
    }
}
