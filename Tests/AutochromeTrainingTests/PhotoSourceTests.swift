import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

/// What training reads: prepared photographs as files and in shards, and any folder.
@Suite struct PhotoSourceTests {
    private static func maker(_ source: PhotoSource) throws -> SampleMaker {
        let recipe = try Recipe(reading: Scratch.checkout("Recipes/autochrome.yaml"))
        return SampleMaker(
            source: source, size: 64, augmentation: recipe.augmentation, seed: 3, givesCells: false)
    }

    /// Without augmentation.
    private static func plain(_ source: PhotoSource) -> SampleMaker {
        SampleMaker(source: source, size: 64, augmentation: .none, seed: 0, givesCells: false)
    }

    private static func photographs(_ scratch: Scratch, _ count: Int) throws {
        for seed in 0..<count {
            try scratch.write(try TestPhotograph.jpeg(seed), as: "in/\(10 + seed).jpg")
        }
    }

    @Test func `photographs in shards are those in files`() throws {
        let scratch = try Scratch()
        try Self.photographs(scratch, 6)
        var settings = PrepareSettings()
        let files = try Prepared(scratch, ["in"], as: "files", settings: settings)
        settings.shards = 1
        _ = try Prepared(scratch, ["in"], as: "shards", settings: settings)
        let sources = try ["files", "shards"].map { try PhotoSource([scratch.path($0).string]) }
        let samples = try sources.map { source in
            try (0..<6).map {
                try Self.maker(source).sample(at: $0, of: Array(0..<6), epoch: 1).lightness
            }
        }
        #expect(samples[0] == samples[1])
        #expect(sources[1].names.allSatisfy { $0.hasPrefix("shards/000000.tar!") })
        #expect(
            sources.map(\.colorWeights)
                == [0, 1].map { _ in
                    files.description.colors.weights.map { Float($0) }
                })
    }

    @Test(
        "Members of tar archives are photographs of a folder, long names too",
        arguments: [TestArchive.Kind.tar, .gnuTar])
    func archives(_ kind: TestArchive.Kind) throws {
        let scratch = try Scratch()
        let long = String(repeating: "long/", count: 40)
        let names = ["b.jpg", "\(long)a.jpg", "\u{e9}.jpg", "c.jpg"]
        let bytes = try names.indices.map { try TestPhotograph.jpeg($0) }
        var members = zip(names, bytes).map { TestArchive.file($0, $1) }
        members.insert(TestArchive.file("b.json", Array("{}".utf8)), at: 1)
        try scratch.write(try TestArchive.bytes(kind, members), as: "data/0.tar")
        try scratch.write(bytes[0], as: "data/loose.jpg")
        let source = try PhotoSource([scratch.path("data").string])
        #expect(
            source.names
                == (["b.jpg", "c.jpg", "\(long)a.jpg", "\u{e9}.jpg"].map { "0.tar!\($0)" })
                + ["loose.jpg"])
        for (place, number) in [0, 3, 1, 2].enumerated() {
            try scratch.write(bytes[number], as: "\(place)/photograph.jpg")
            let alone = try PhotoSource([scratch.path("\(place)").string])
            let expected = try Self.plain(alone).sample(at: 0, of: [0], epoch: 0)
            let found = try Self.plain(source).sample(at: place, of: [0, 1, 2, 3], epoch: 0)
            #expect(found.name == source.names[place] && found.skipped.isEmpty)
            #expect(found.lightness == expected.lightness)
        }
    }

    @Test func `members whose names differ in how an accent is written are two`() throws {
        let scratch = try Scratch()
        let names = ["e\u{301}.jpg", "\u{e9}.jpg"]
        let members = try names.enumerated().map {
            TestArchive.file($0.element, try TestPhotograph.jpeg($0.offset))
        }
        try scratch.write(try TestArchive.bytes(.tar, members), as: "data/0.tar")
        let source = try PhotoSource([scratch.path("data").string])
        #expect(source.names.map { Array($0.utf8) } == names.map { Array("0.tar!\($0)".utf8) })
        let samples = try (0..<2).map {
            try Self.plain(source).sample(at: $0, of: [0, 1], epoch: 0).lightness
        }
        #expect(samples[0] != samples[1])
    }

    @Test func `hidden members of an archive are no photographs, nor are hidden files`() throws {
        let scratch = try Scratch()
        let jpeg = try TestPhotograph.jpeg(0)
        let names = ["./b.jpg", "._b.jpg", "a/c.jpg", "a/._c.jpg", ".trash/d.jpg"]
        let members = names.map { TestArchive.file($0, jpeg) }
        try scratch.write(try TestArchive.bytes(.tar, members), as: "data/0.tar")
        for name in ["e.jpg", "._e.jpg", ".trash/f.jpg"] {
            try scratch.write(jpeg, as: "data/\(name)")
        }
        let source = try PhotoSource([scratch.path("data").string])
        #expect(source.names == ["0.tar!./b.jpg", "0.tar!a/c.jpg", "e.jpg"])
    }

    @Test func `of a shard cut short the photographs before the cut are read`() throws {
        let scratch = try Scratch()
        let members = try (0..<3).map { TestArchive.file("\($0).jpg", try TestPhotograph.jpeg($0)) }
        let whole = try TestArchive.bytes(.tar, members)
        // In the middle of the second one.
        let cut = 1024 + (members[0].data.count + 511) / 512 * 512 + members[1].data.count / 2
        try scratch.write(Array(whole.prefix(cut)), as: "data/0.tar")
        let source = try PhotoSource([scratch.path("data").string])
        #expect(source.names == ["0.tar!0.jpg", "0.tar!1.jpg"])
        let sample = try Self.maker(source).sample(at: 1, of: [0, 1], epoch: 0)
        #expect(sample.name == "0.tar!0.jpg")
        #expect(sample.skipped.map(\.name) == ["0.tar!1.jpg"])
        #expect(sample.skipped.first?.reason.contains("the archive is truncated") == true)
    }

    @Test func `a photograph too narrow to be scaled is left out with the reason`() throws {
        let scratch = try Scratch()
        // 64 pixels high it would be 6,400,000 wide.
        let line = Picture(width: 100_000, height: 1, grey: 100)
        try scratch.write(try line.png(), as: "data/a.png")
        try scratch.write(try TestPhotograph.jpeg(1), as: "data/b.jpg")
        let source = try PhotoSource([scratch.path("data").string])
        let sample = try Self.plain(source).sample(at: 0, of: [0, 1], epoch: 0)
        #expect(sample.name == "b.jpg")
        #expect(
            sample.skipped.map(\.reason) == [
                "a.png: 100000 x 1 pixels, scaled to 6400000 x 64; it is too narrow for training."
            ])
    }

    @Test func `a description with weights of other cells is refused`() throws {
        let scratch = try Scratch()
        let text = #"{"photographs":[{"file":"0.jpg"}],"colors":{"weights":[1,1]}}"#
        try scratch.write(Array(text.utf8), as: "data/dataset.json")
        let error = #expect(throws: TrainingError.self) {
            try PhotoSource([scratch.path("data").string])
        }
        #expect(error?.description.hasSuffix("not a data set of `autochrome prepare`.") == true)
    }

    /// Why a data set with this description is refused.
    private static func refusal(of description: String) throws -> String {
        let scratch = try Scratch()
        try scratch.write(Array(description.utf8), as: "data/dataset.json")
        let error = #expect(throws: TrainingError.self) {
            try PhotoSource([scratch.path("data").string])
        }
        return try #require(error?.description)
    }

    @Test(arguments: ["", "/0.jpg", "../0.jpg", "a/../../0.jpg", "..", "../0.tar!a", "/0.tar!a"])
    func `a photograph outside of the data set is refused by its name`(name: String) throws {
        let sentence = try Self.refusal(of: #"{"photographs":[{"file":"\#(name)"}]}"#)
        let expected = #"dataset.json: "\#(name)" is not a path within the data set; make it again"#
        #expect(sentence.contains(expected), "\(sentence)")
    }

    @Test func `dots in names lead nowhere else`() throws {
        let scratch = try Scratch()
        let text = #"{"photographs":[{"file":"a..b/..c.jpg"},{"file":"./d.jpg"}]}"#
        try scratch.write(Array(text.utf8), as: "data/dataset.json")
        let source = try PhotoSource([scratch.path("data").string])
        #expect(source.names == ["a..b/..c.jpg", "./d.jpg"])
    }

    @Test(arguments: [("0", "0.0"), ("-1", "-1.0"), ("1e300", "inf"), ("1e-60", "0.0")])
    func `a weight that makes the loss infinite or nothing is refused`(
        weight: String, found: String
    ) throws {
        let others = String(repeating: ",1", count: ColorBins.count - 1)
        let sentence = try Self.refusal(
            of: #"{"photographs":[{"file":"0.jpg"}],"colors":{"weights":[\#(weight)\#(others)]}}"#)
        #expect(sentence.contains("the weight of a colour is \(found), and"), "\(sentence)")
    }

    @Test func `a description that cannot be read is not taken for none`() throws {
        let scratch = try Scratch()
        try Self.photographs(scratch, 2)
        let path = scratch.path("in/dataset.json").string
        func refusal() throws -> String {
            let error = #expect(throws: TrainingError.self) {
                try PhotoSource([scratch.path("in").string])
            }
            return try #require(error?.description)
        }
        // Leads to itself.
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)
        #expect(try refusal().hasPrefix("\(path): cannot be read: "))
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(try refusal() == "\(path): not a data set of `autochrome prepare`.")
        try FileManager.default.removeItem(atPath: path)
        #expect(try PhotoSource([scratch.path("in").string]).names == ["10.jpg", "11.jpg"])
    }

    @Test func `a data set that is not done is not learnt from`() throws {
        let work = try SharedWork()
        try work.prepare(0)
        let folder = work.scratch.path("out").string
        let error = #expect(throws: TrainingError.self) { try PhotoSource([folder]) }
        let sentence = "\(folder): `autochrome prepare` has not finished; run the same command,"
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
        try work.prepare(1)
        #expect(try PhotoSource([folder]).names.count == 8)
    }

    @Test(arguments: [
        (#""damaged":0"#, #""damaged":9223372036854775807"#), (#""files":2"#, #""files":-2"#),
    ])
    func `a description with counts that cannot be is something else`(
        old: String, new: String
    ) throws {
        let scratch = try Scratch()
        try Self.photographs(scratch, 2)
        let prepared = try Prepared(scratch, ["in"], as: "out")
        let text = String(decoding: prepared.tree["dataset.json"] ?? [], as: UTF8.self)
        #expect(text.contains(old))
        try scratch.write(Array(text.replacing(old, with: new).utf8), as: "out/dataset.json")
        let error = #expect(throws: PrepareError.self) {
            try DatasetDescription.header(of: scratch.path("out"))
        }
        #expect(error?.description.contains("contains other files") == true)
    }

    @Test func `what is no plain archive, and a member that is gone, get a sentence`() throws {
        let scratch = try Scratch()
        try scratch.write([UInt8](repeating: 7, count: 2000), as: "bad/0.tar")
        let bad = #expect(throws: TrainingError.self) {
            try PhotoSource([scratch.path("bad").string])
        }
        #expect(bad?.description.contains("0.tar: no uncompressed tar archive") == true)
        try Self.photographs(scratch, 3)
        var settings = PrepareSettings()
        settings.shards = 1
        _ = try Prepared(scratch, ["in"], as: "gone", settings: settings)
        try scratch.write([UInt8](repeating: 0, count: 1024), as: "gone/shards/000000.tar")
        let gone = #expect(throws: TrainingError.self) {
            try PhotoSource([scratch.path("gone").string])
        }
        #expect(gone?.description.contains("is not in its archive") == true)
    }
}
