import AutochromeTraining
import Foundation
import SystemPackage
import Testing

@Suite struct SourceKindTests {
    let scratch: Scratch
    let members: [TestArchive.Member]
    let expected: [String: [UInt8]]

    init() throws {
        scratch = try Scratch()
        members = try (0..<5).map {
            TestArchive.file("dir/p\($0).jpg", try TestPhotograph.jpeg($0))
        }
        for member in members {
            try scratch.write(
                member.data, as: "folder/" + String(decoding: member.name, as: UTF8.self))
        }
        expected = try Prepared(scratch, ["folder"], as: "expected").photographs
        try #require(expected.count == 5)
    }

    @Test(
        "An archive of every kind gives what its files give in a folder",
        arguments: TestArchive.Kind.allCases)
    func kinds(_ kind: TestArchive.Kind) throws {
        // The name says nothing: archives are told by their content.
        try scratch.write(try TestArchive.bytes(kind, members), as: "archive.dat")
        let prepared = try Prepared(scratch, ["archive.dat"])
        #expect(prepared.photographs == expected)
        #expect(prepared.description.photographs[0].source == "archive.dat!dir/p0.jpg")
        #expect(prepared.description.counts.files == 5)
    }

    @Test(
        "An archive of every kind is read inside a tar, and a tar inside it",
        arguments: TestArchive.Kind.allCases)
    func nested(_ kind: TestArchive.Kind) throws {
        let inner = try TestArchive.bytes(kind, Array(members[..<3]))
        let innermost = try TestArchive.bytes(.gnuTar, Array(members[3...]))
        let middle = try TestArchive.bytes(
            kind, [TestArchive.file("a", inner), TestArchive.file("b", innermost)])
        try scratch.write(
            try TestArchive.bytes(.tar, [TestArchive.file("m", middle)]), as: "outer.tar")
        let prepared = try Prepared(scratch, ["outer.tar"])
        #expect(prepared.photographs == expected)
        #expect(prepared.description.photographs[0].source == "outer.tar!m!a!dir/p0.jpg")
    }

    @Test("Parts of a tar of tars are one archive: all given, the first given, or in a folder")
    func parts() throws {
        let whole = try TestArchive.bytes(
            .tar,
            members.enumerated().map { index, member in
                TestArchive.file("n\(index).tar", try TestArchive.bytes(.gnuTar, [member]))
            })
        let size = whole.count / 3 + 1
        let names = ["train.tar.aa", "train.tar.ab", "train.tar.ac"]
        for (index, name) in names.enumerated() {
            let end = min(whole.count, (index + 1) * size)
            try scratch.write(Array(whole[(index * size)..<end]), as: "parts/" + name)
        }
        let all = try Prepared(scratch, names.reversed().map { "parts/" + $0 }, as: "all")
        let first = try Prepared(scratch, ["parts/train.tar.aa"], as: "first")
        let folder = try Prepared(scratch, ["parts"], as: "folder-out")
        #expect(all.photographs == expected)
        #expect(all.tree == first.tree)
        #expect(folder.photographs == expected)
        #expect(all.description.sources.map(\.name) == ["train.tar"])
        #expect(all.description.sources.map(\.bytes) == [whole.count])
    }

    @Test(
        "Many small parts make an archive of every kind",
        arguments: TestArchive.Kind.allCases, [5_000, 20_000])
    func smallParts(_ kind: TestArchive.Kind, _ size: Int) throws {
        let whole = try TestArchive.bytes(kind, members)
        for (number, start) in stride(from: 0, to: whole.count, by: size).enumerated() {
            let digits = String(10_000 + number).dropFirst()
            try scratch.write(
                Array(whole[start..<min(whole.count, start + size)]), as: "parts/a.\(digits)")
        }
        let prepared = try Prepared(scratch, ["parts/a.0000"])
        #expect(prepared.photographs == expected)
        #expect(prepared.description.problems == [])
    }

    @Test("Photographs and folders that are named like an archive's parts are all taken")
    func namedLikeParts() throws {
        for (index, member) in members.enumerated() {
            try scratch.write(member.data, as: "rolls/x.000\(index + 1)")
            try scratch.write(member.data, as: "rolls/y.0\(index + 1)/z.jpg")
        }
        var settings = PrepareSettings()
        settings.keepDuplicates = true
        let folder = try Prepared(scratch, ["rolls"], settings: settings)
        let names = (1...5).map { "rolls/x.000\($0)" } + (1...5).map { "rolls/y.0\($0)/z.jpg" }
        #expect(folder.description.photographs.map(\.source) == names)
        #expect(folder.photographs["x.0005"] == expected["p4.jpg"])
        let given = try Prepared(scratch, ["rolls/x.0002", "rolls/x.0001"], as: "given")
        #expect(given.description.photographs.map(\.source) == ["x.0002", "x.0001"])
        let first = try Prepared(scratch, ["rolls/x.0001"], as: "first")
        #expect(first.description.counts.files == 1)
    }

    @Test("Files that are named like an archive's parts, and are none, are told one by one")
    func noParts() throws {
        let names = ["a.txt.01", "a.txt.02"]
        for name in names { try scratch.write(Array(name.utf8), as: name) }
        let prepared = try Prepared(scratch, ["folder"] + names)
        #expect(
            prepared.description.problems
                == names.map { "\($0): neither an archive nor a photograph." })
        #expect(prepared.dropped == [.notAPhoto: 2])
    }

    @Test("A later part without the one before it is an error that says so")
    func missingPart() throws {
        try scratch.write([1], as: "train.tar.ab")
        #expect(throws: PrepareError.self) {
            try PrepareSource.resolve([scratch.path("train.tar.ab")])
        }
    }

    @Test("split's endings follow one another, and widen before they run out")
    func endings() {
        func followers(_ ending: String) -> [String] {
            ArchiveParts.followers(of: Array(ending.utf8)).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        #expect(followers("aa") == ["ab"])
        #expect(followers("az") == ["ba"])
        #expect(followers("yz") == ["za", "zaaa"])
        #expect(followers("009") == ["010"])
        #expect(followers("zz") == [])
    }

    @Test("Sources are taken in their order, two of one name told apart")
    func order() throws {
        try scratch.write(members[0].data, as: "x/a.jpg")
        try scratch.write(members[1].data, as: "y/a.jpg")
        let prepared = try Prepared(scratch, ["y/a.jpg", "x/a.jpg"])
        #expect(prepared.description.photographs.map(\.source) == ["a.jpg", "a.jpg (2)"])
        #expect(prepared.photographs["a.jpg"] == expected["p1.jpg"])
    }

    @Test("Every reader is closed in the end")
    func readersClosed() async {
        // In a process of its own: other tests read archives at the same time.
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            defer { extendLifetime(scratch) }
            let inner = try TestArchive.bytes(.gzip, [TestArchive.file("a.txt", [1, 2, 3])])
            let outer = try TestArchive.bytes(.tar, [TestArchive.file("in.tgz", inner)])
            try scratch.write(outer, as: "a.tar")
            try scratch.write(Array("no archive".utf8), as: "b.tar")
            #expect(ArchiveReader.liveCount == 0)
            do {
                let reader = try ArchiveReader(files: [scratch.path("a.tar")], .tar)
                #expect(ArchiveReader.liveCount == 1)
                #expect(try reader.next()?.name == Array("in.tgz".utf8))
                let nested = try ArchiveReader(currentMemberOf: reader, .gzip)
                #expect(ArchiveReader.liveCount == 2)
                #expect(try nested.next()?.name == Array("a.txt".utf8))
                #expect(try nested.read(size: nil, limit: 3) == [1, 2, 3])
            }
            #expect(ArchiveReader.liveCount == 0)
            for name in ["none.tar", "b.tar"] {
                #expect(throws: ArchiveError.self) {
                    try ArchiveReader(files: [scratch.path(name)], .tar)
                }
            }
            #expect(ArchiveReader.liveCount == 0)
        }
    }
}
