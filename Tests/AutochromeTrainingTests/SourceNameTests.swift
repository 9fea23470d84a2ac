import Autochrome
import AutochromeTraining
import Foundation
import Testing

@Suite struct SourceNameTests {
    static let odd: [(bytes: [UInt8], text: String)] = [
        (Array("with space.jpg".utf8), "with space.jpg"),
        (Array("two\nlines.jpg".utf8), "two\nlines.jpg"),
        (Array("Gießen/übung 語.jpg".utf8), "Gießen/übung 語.jpg"),
        ([0x66, 0xFC, 0x72, 0x2E, 0x6A, 0x70, 0x67], "f%FCr.jpg"),
        (Array("100%!.jpg".utf8), "100%25%21.jpg"),
        (Array("../../x.jpg".utf8), "../../x.jpg"),
        (Array("/etc/x.jpg".utf8), "/etc/x.jpg"),
        (Array(String(repeating: "long", count: 60).utf8), String(repeating: "long", count: 60)),
    ]

    @Test(
        "Names of every sort survive in dataset.json, and none leaves the data set",
        arguments: TestArchive.Kind.allCases)
    func names(_ kind: TestArchive.Kind) throws {
        let scratch = try Scratch()
        let members = try Self.odd.enumerated().map { index, name in
            TestArchive.Member(name: name.bytes, data: try TestPhotograph.jpeg(index))
        }
        try scratch.write(try TestArchive.bytes(kind, members), as: "in/a.tar")
        let prepared = try Prepared(scratch, ["in/a.tar"], as: "deep/er/out")
        let sources = prepared.description.photographs.map { Array($0.source.utf8) }
        #expect(sources == Self.odd.map { Array("a.tar!\($0.text)".utf8) })
        for photograph in prepared.description.photographs {
            #expect(prepared.tree[photograph.file] != nil)
            let isSafe = photograph.file.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    || "-_./".utf8.contains(byte)
            }
            #expect(isSafe && !photograph.file.contains(".."), "\(photograph.file)")
        }
        #expect(try scratch.tree("").count == prepared.tree.count + 1)
    }

    @Test("Names of every sort are read in folders")
    func folders() throws {
        let scratch = try Scratch()
        let names = ["with space.jpg", "two\nlines.jpg", "übung 語.jpg"]
        for (seed, name) in names.enumerated() {
            try scratch.write(try TestPhotograph.jpeg(seed), as: "in/" + name)
        }
        let prepared = try Prepared(scratch, ["in"])
        #expect(
            prepared.description.photographs.map(\.source)
                == ["in/two\nlines.jpg", "in/with space.jpg", "in/übung 語.jpg"])
    }

    @Test("Links and devices are counted and not followed")
    func links() throws {
        let scratch = try Scratch()
        let types = ["symlink", "hardlink", "device", "pipe"]
        let members =
            types.map { TestArchive.Member(name: Array("\($0).jpg".utf8), type: $0) }
            + [TestArchive.file("a.jpg", try TestPhotograph.jpeg(1))]
        try scratch.write(try TestArchive.bytes(.gnuTar, members), as: "a.tar")
        let prepared = try Prepared(scratch, ["a.tar"])
        #expect(prepared.dropped == [.notAFile: 4])
        #expect(prepared.description.counts.kept == 1)
    }
}
