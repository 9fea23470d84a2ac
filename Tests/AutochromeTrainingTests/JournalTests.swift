import AutochromeTraining
import Foundation
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct JournalTests {
    let work: SharedWork

    init() throws { work = try SharedWork() }

    /// What may befall the lines of a journal that has its end.
    enum Damage: CaseIterable {
        case garbled, lost, lastLost

        func change(_ lines: inout [String]) {
            switch self {
            case .garbled: lines[1] = String(repeating: "\0", count: lines[1].utf8.count)
            case .lost: lines.remove(at: 1)
            case .lastLost: lines.remove(at: lines.count - 2)
            }
        }
    }

    @Test(
        "Of a damaged journal no short data set is made, and no photographs are removed",
        arguments: Damage.allCases)
    func damaged(_ damage: Damage) throws {
        try work.prepare(0)
        var lines = try work.lines()
        try #require(lines.count == 5)
        damage.change(&lines)
        try work.write(lines)
        let before = try work.scratch.tree("out")
        let error = #expect(throws: PrepareError.self) { try work.prepare(1) }
        #expect(error?.description.contains("journal-0.jsonl: damaged") == true)
        let after = try work.scratch.tree("out")
        #expect(after["dataset.json"] == nil)
        #expect(before[".prepare/shards-0/shards/000000.tar"] != nil)
        let isKept = before.allSatisfy { after[$0.key] == $0.value }
        #expect(isKept)
    }

    @Test(
        "The last line of a killed process, cut short, is no record, and the work goes on",
        arguments: ["", "\n"])
    func torn(_ ending: String) throws {
        for rank in 0..<2 { try work.prepare(rank, as: "whole") }
        try work.prepare(0)
        let lines = try work.lines()
        let half = String(lines[2].prefix(lines[2].count / 2))
        try work.write([lines[0], lines[1], half], ending: ending)
        for rank in 0..<2 { try work.prepare(rank) }
        let isSame = try work.scratch.tree("out") == work.scratch.tree("whole")
        #expect(isSame)
    }

    @Test("A damaged line before the last is told, and the journal stays as it is")
    func damagedUnfinished() throws {
        try work.prepare(0)
        let lines = try work.lines()
        let damaged = [lines[0], "damaged", lines[2]]
        try work.write(damaged)
        let error = #expect(throws: PrepareError.self) { try work.prepare(0) }
        #expect(error?.description.contains("journal-0.jsonl: damaged") == true)
        #expect(try work.lines() == damaged)
    }

    @Test("A journal that cannot be read is not taken for an empty one")
    func unreadable() throws {
        try work.prepare(0)
        // A folder opens like a file, and its bytes cannot be read.
        let path = work.scratch.path(SharedWork.journal).string
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let error = #expect(throws: PrepareError.self) { try work.prepare(0) }
        #expect(error?.description.contains("journal-0.jsonl: cannot be read") == true)
    }

    @Test("A part that another process is at work on is left to it")
    func busy() throws {
        try work.prepare(0)
        let lock = try FileDescriptor.open(
            work.scratch.path("out/.prepare/lock-0"), .readWrite)
        let status = flock(lock.rawValue, LOCK_EX)
        #expect(status == 0)
        let error = #expect(throws: PrepareError.self) { try work.prepare(0) }
        #expect(error?.description.contains("another process is preparing it") == true)
        try lock.close()
        try work.prepare(0)
    }
}
