import ArgumentParser
import Autochrome
import AutochromeTraining

/// Summary of a preparation, as text and as JSON.
struct PrepareSummary {
    private let counts: PrepareCounts
    private let problems: [String]
    private let dataset: String
    private let isComplete: Bool
    /// Additional remark.
    private let remark: String?

    init(_ outcome: PrepareRun.Outcome, dataset: String, share: Share) {
        self.dataset = dataset
        switch outcome {
        case .done(let description):
            (counts, problems) = (description.counts, description.problems)
            (isComplete, remark) = (true, nil)
        case .wasDone(let description):
            (counts, problems) = (description.counts, description.problems)
            isComplete = true
            remark =
                "\(dataset) is already complete. Remove it to prepare it again."
        case .partDone(let part):
            (counts, problems) = (part, [])
            isComplete = false
            remark =
                "Part \(share.rank + 1) of \(share.count) is done; the last process to finish "
                + "merges the parts."
        }
    }

    /// Writes the counts, and ends with status 1 if something could not be read.
    func report(json: Bool) throws {
        for problem in problems { StandardStream.error.tell(problem) }
        if json {
            try StandardStream.output.write(JSON.line(Report(self)))
        } else {
            StandardStream.output.write(Array(table.utf8))
        }
        if let remark { StandardStream.error.tell(remark) }
        if !problems.isEmpty { throw ExitCode(1) }
    }

    /// The counts, one a line.
    var table: String {
        var lines: [(String, Int)] = [
            ("files of the sources", counts.files), ("kept", counts.kept),
        ]
        if counts.convertedFromCMYK > 0 {
            lines.append(("  converted from CMYK", counts.convertedFromCMYK))
        }
        lines.append(("dropped", counts.droppedInAll))
        for reason in DropReason.allCases {
            lines.append(("  " + reason.label, counts.dropped[reason] ?? 0))
        }
        let width = lines.map { $0.0.count }.max() ?? 0
        return lines.reduce("") { text, line in
            let number = String(line.1)
            let gap = String(
                repeating: " ", count: width - line.0.count + max(2, 12 - number.count))
            return text + line.0 + gap + number + "\n"
        }
    }
}

extension PrepareSummary {
    private struct Report: Encodable {
        let dataset: String
        let isComplete: Bool
        let counts: PrepareCounts
        let problems: [String]

        init(_ summary: PrepareSummary) {
            dataset = summary.dataset
            isComplete = summary.isComplete
            (counts, problems) = (summary.counts, summary.problems)
        }
    }
}

extension DropReason {
    /// Label in the table.
    fileprivate var label: String {
        switch self {
        case .notAPhoto: "not a JPEG, by content"
        case .oneChannel: "one channel"
        case .damaged: "damaged or truncated"
        case .tooSmall: "too small"
        case .grey: "grey in three channels"
        case .toned: "toned: one hue"
        case .repeated: "repeated"
        case .tooLarge: "too large to decode"
        case .encrypted: "encrypted"
        case .notAFile: "links and devices"
        case .unreadable: "unreadable"
        }
    }
}
