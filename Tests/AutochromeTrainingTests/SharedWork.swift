import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage

/// Eight photographs that two processes make a data set of, in shards, one after the other.
struct SharedWork {
    /// The first process's journal.
    static let journal = "out/.prepare/journal-0.jsonl"

    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for seed in 0..<8 {
            try scratch.write(try TestPhotograph.jpeg(seed), as: "in/\(seed).jpg")
        }
    }

    /// Does one process's part, and the rest once the other's is done.
    func prepare(_ rank: Int, as name: String = "out") throws {
        var settings = PrepareSettings()
        settings.shards = 1
        let run = PrepareRun(
            sources: try PrepareSource.resolve([scratch.path("in")]),
            dataset: scratch.path(name), settings: settings,
            share: try Share(environment: ["RANK": "\(rank)", "WORLD_SIZE": "2"]), workers: 1)
        _ = try run.run { _ in }
    }

    /// The lines of the first process's journal.
    func lines() throws -> [String] {
        String(decoding: try scratch.read(Self.journal), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }

    /// Writes the first process's journal anew.
    func write(_ lines: [String], ending: String = "\n") throws {
        try scratch.write(
            Array((lines.joined(separator: "\n") + ending).utf8), as: Self.journal)
    }
}
