import Autochrome
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Colours the photographs of a plan, a few at a time so that reading, network and writing
/// overlap, and tells how far it has come.
struct ColorizeBatch {
    /// How many photographs are on their way at once: one is read, one at the network, one
    /// written.
    private static let width = 3

    private let jobs: [ColorizePlan.Job]
    private let failures: [Failure]
    private let arguments: ColorizeArguments
    private let network: LazyNetwork
    private let progress: Progress

    init(
        jobs: [ColorizePlan.Job], failures: [Failure], arguments: ColorizeArguments,
        network: LazyNetwork
    ) {
        self.jobs = jobs
        self.failures = failures
        self.arguments = arguments
        self.network = network
        progress = Progress(total: jobs.count, noun: "photographs")
    }

    /// Colours them all; photographs that fail are told and counted.
    func run() async -> ColorizeSummary {
        var summary = ColorizeSummary()
        for failure in failures {
            StandardStream.error.write("\(failure.path): \(failure.reason)\n")
            summary.failed.append(failure)
        }
        await withTaskGroup(of: (ColorizePlan.Job, JobResult).self) { group in
            var waiting = jobs.makeIterator()
            func start() {
                guard let job = waiting.next() else { return }
                group.addTask { (job, await color(job)) }
            }
            for _ in 0..<Self.width { start() }
            for await (job, result) in group {
                tell(job, result)
                summary.add(job, result)
                if case .stopped = result { waiting = [].makeIterator() } else { start() }
            }
        }
        progress.finish()
        return summary
    }

    private func color(_ job: ColorizePlan.Job) async -> JobResult {
        do {
            let options = arguments.options(for: job)
            if !options.overwrite, FileIdentity.kind(of: job.output) != nil { return .done(.kept) }
            try FolderMaking.makeFolder(for: job.output)
            let colorizer = Colorizer(network: try await network.get())
            let outcome = try await colorizer.colorize(
                job.input, to: job.output, options: options)
            return .done(outcome)
        } catch let error as LazyNetwork.Missing {
            return .stopped("\(error)")
        } catch let error as TensorError {
            return .failed("\(job.input): \(error)")
        } catch {
            return .failed("\(error)")
        }
    }

    private func tell(_ job: ColorizePlan.Job, _ result: JobResult) {
        switch result {
        case .done(.colored(let warnings)):
            let problem = warnings.isEmpty ? nil : warnings.joined(separator: "\n")
            progress.advance(
                result: arguments.json ? nil : job.output.bytes, problem: problem)
        case .done: progress.advance()
        case .failed(let reason), .stopped(let reason): progress.advance(problem: reason)
        }
    }
}

/// What became of one photograph of a batch.
enum JobResult: Sendable {
    case done(Colorizer.Outcome)
    case failed(String)

    /// Nothing can be coloured at all, for this reason.
    case stopped(String)
}
