import ArgumentParser
import Autochrome
import SystemPackage

/// Outcome of a batch.
struct ColorizeSummary {
    private(set) var colored: [FilePath] = []
    private(set) var kept = 0
    private(set) var alreadyColored = 0
    private(set) var outdated: [FilePath] = []
    var failed: [Failure] = []

    mutating func add(_ job: ColorizePlan.Job, _ result: JobResult) {
        switch result {
        case .done(.colored): colored.append(job.output)
        case .done(.kept): kept += 1
        case .done(.alreadyColored): alreadyColored += 1
        case .outdated(let output):
            kept += 1
            outdated.append(output)
        case .failed(let reason), .stopped(let reason):
            failed.append(Failure(path: job.input, reason: reason))
        }
    }

    /// Writes the counts, and ends with status 1 if a photograph failed.
    func report(json: Bool) throws {
        if json {
            try StandardStream.output.write(JSON.line(Report(self)))
        } else {
            StandardStream.error.tell(sentence)
        }
        if !failed.isEmpty { throw ExitCode(1) }
    }

    private var sentence: String {
        var parts = ["\(colored.count) coloured"]
        if kept > 0 { parts.append("\(kept) already done (--overwrite replaces them)") }
        if alreadyColored > 0 {
            parts.append("\(alreadyColored) already in colour (--recolor colours them too)")
        }
        if !failed.isEmpty { parts.append("\(failed.count) failed") }
        return parts.joined(separator: ", ") + "."
    }
}

extension ColorizeSummary {
    /// The summary as `--json` gives it.
    private struct Report: Encodable {
        struct FailureReport: Encodable {
            let input: String
            let reason: String
        }

        let colored: [String]
        let kept: Int
        let alreadyColored: Int
        /// Of those kept, the ones made from other hints than there are now.
        let otherHints: [String]
        let failed: [FailureReport]

        init(_ summary: ColorizeSummary) {
            colored = summary.colored.map(\.string)
            kept = summary.kept
            alreadyColored = summary.alreadyColored
            otherHints = summary.outdated.map(\.string)
            failed = summary.failed.map { .init(input: $0.path.string, reason: $0.reason) }
        }
    }
}
