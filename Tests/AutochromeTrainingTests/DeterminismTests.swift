import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

@Suite struct DeterminismTests {
    let scratch: Scratch

    /// Nineteen files: repeated photographs far apart and in a chain, a damaged one, no photograph.
    init() throws {
        scratch = try Scratch()
        let seeds = [0, 1, 2, 0, 3, 4, 5, 1, 6, 7, 0, 8, 9, 2, 10, 11]
        var members = try seeds.enumerated().map { index, seed in
            TestArchive.file(
                "p\(index).jpg", try TestPhotograph.jpeg(seed, quality: 70 + index))
        }
        members.insert(TestArchive.file("no.jpg", Array("text".utf8)), at: 5)
        members.insert(TestArchive.file("cut.jpg", Array(members[0].data.prefix(900))), at: 9)
        members.append(TestArchive.file("small.jpg", try TestPhotograph.jpeg(20, side: 90)))
        try scratch.write(try TestArchive.bytes(.tar, members), as: "a.tar")
    }

    @Test("The data set is the same to the byte for 1 to 7 workers", arguments: [2, 3, 7])
    func workers(_ count: Int) throws {
        let one = try Prepared(scratch, ["a.tar"], as: "one", workers: 1)
        let many = try Prepared(scratch, ["a.tar"], as: "many", workers: count)
        #expect(one.tree == many.tree)
        #expect(
            one.dropped == [.repeated: 4, .notAPhoto: 1, .damaged: 1, .tooSmall: 1])
    }

    @Test(
        "The data set is the same to the byte for 1 to 5 processes, in files and in shards",
        arguments: [2, 3, 5], [nil, 1])
    func processes(_ count: Int, _ shards: Int?) throws {
        var settings = PrepareSettings()
        settings.shards = shards
        let one = try Prepared(scratch, ["a.tar"], as: "one", settings: settings)
        let many = try Prepared(
            scratch, ["a.tar"], as: "many", settings: settings, processes: count)
        #expect(one.tree == many.tree)
        #expect(try folders("many") == folders("one"))
        #expect(one.description.counts.kept == 12)
    }

    /// All names in the data set, those of empty folders, too.
    private func folders(_ name: String) throws -> Set<String> {
        Set(try FileManager.default.subpathsOfDirectory(atPath: scratch.path(name).string))
    }

    @Test(
        "The data set is the same when the archive is cut short, whoever reads the end",
        arguments: [2, 3, 4, 5])
    func cutShort(_ count: Int) throws {
        let whole = try scratch.read("a.tar")
        try scratch.write(Array(whole.prefix(whole.count * 7 / 10)), as: "cut.tar")
        let one = try Prepared(scratch, ["cut.tar"], as: "one")
        let many = try Prepared(scratch, ["cut.tar"], as: "many", processes: count)
        #expect(one.tree == many.tree)
        #expect(one.description.problems.count == 1)
    }

    @Test("A limit looks at the first files of the sources, however many processes share them")
    func limit() throws {
        var settings = PrepareSettings()
        settings.limit = 8
        let one = try Prepared(scratch, ["a.tar"], as: "one", settings: settings)
        let many = try Prepared(scratch, ["a.tar"], as: "many", settings: settings, processes: 3)
        #expect(one.tree == many.tree)
        #expect(one.description.counts.files == 8)
    }

    @Test("The same command on a finished data set does nothing; another one is refused")
    func again() throws {
        let first = try Prepared(scratch, ["a.tar"])
        #expect(try Prepared(scratch, ["a.tar"]).tree == first.tree)
        var settings = PrepareSettings()
        settings.size = 100
        #expect(throws: PrepareError.self) {
            try Prepared(scratch, ["a.tar"], settings: settings)
        }
        try scratch.write(try TestPhotograph.jpeg(50), as: "b.jpg")
        #expect(throws: PrepareError.self) { try Prepared(scratch, ["a.tar", "b.jpg"]) }
        try scratch.write([1], as: "mine/notes.txt")
        #expect(throws: PrepareError.self) { try Prepared(scratch, ["a.tar"], as: "mine") }
    }

    @Test("Work that was begun is not taken up with sources that changed")
    func changedSources() throws {
        try scratch.write(try TestPhotograph.jpeg(1), as: "in/b.jpg")
        try scratch.write(try TestPhotograph.jpeg(2), as: "in/c.jpg")
        // The first of two processes leaves work that is not done.
        func prepare(_ rank: Int) throws {
            let run = PrepareRun(
                sources: try PrepareSource.resolve([scratch.path("in")]),
                dataset: scratch.path("out"), settings: PrepareSettings(),
                share: try Share(environment: ["RANK": "\(rank)", "WORLD_SIZE": "2"]), workers: 1)
            _ = try run.run { _ in }
        }
        try prepare(0)
        let journal = scratch.url.appending(path: "out/.prepare/journal-0.jsonl")
        let lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n")
        try Data((lines[0] + "\n").utf8).write(to: journal)
        try scratch.write(try TestPhotograph.jpeg(3), as: "in/a.jpg")
        #expect(throws: PrepareError.self) { try prepare(0) }
        for name in ["a.jpg", "b.jpg", "c.jpg"] {
            try FileManager.default.removeItem(at: scratch.url.appending(path: "in/" + name))
        }
        #expect(throws: PrepareError.self) { try prepare(0) }
        try scratch.write(try TestPhotograph.jpeg(1), as: "in/b.jpg")
        try scratch.write(try TestPhotograph.jpeg(2), as: "in/c.jpg")
        try prepare(0)
        try prepare(1)
        #expect(try scratch.tree("out").count == 3)
    }

    @Test("Repeated photographs are kept when asked for")
    func keepDuplicates() throws {
        var settings = PrepareSettings()
        settings.keepDuplicates = true
        #expect(
            try Prepared(scratch, ["a.tar"], settings: settings).description.counts.kept == 16)
    }
}
