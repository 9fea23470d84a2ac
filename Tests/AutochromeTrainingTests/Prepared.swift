import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

/// A data set that a test prepared.
struct Prepared {
    let description: DatasetDescription
    let tree: [String: [UInt8]]

    /// The files' bytes by the last part of their sources' names.
    var photographs: [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for photograph in description.photographs {
            let name = photograph.source.split { "!/".contains($0) }.last.map(String.init) ?? ""
            result[name] = tree[photograph.file]
        }
        return result
    }

    /// Prepares `sources` of a scratch folder into its folder `name`.
    init(
        _ scratch: Scratch, _ sources: [String], as name: String = "out",
        settings: PrepareSettings = PrepareSettings(), workers: Int = 2, processes: Int = 1
    ) throws {
        var outcomes: [PrepareRun.Outcome] = []
        for rank in 0..<processes {
            let share = try Share(
                environment: processes == 1
                    ? [:] : ["RANK": "\(rank)", "WORLD_SIZE": "\(processes)"])
            let run = PrepareRun(
                sources: try PrepareSource.resolve(sources.map { scratch.path($0) }),
                dataset: scratch.path(name), settings: settings, share: share, workers: workers)
            outcomes.append(try run.run { _ in })
        }
        switch outcomes.last {
        case .done, .wasDone: break
        case .partDone, nil: throw NotDone()
        }
        tree = try scratch.tree(name)
        description = try JSONDecoder().decode(
            DatasetDescription.self, from: Data(tree["dataset.json"] ?? []))
    }

    struct NotDone: Error {}

    /// The counts of dropped files that are not zero.
    var dropped: [DropReason: Int] { description.counts.dropped.filter { $0.value > 0 } }
}
