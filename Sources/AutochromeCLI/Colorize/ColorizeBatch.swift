import Autochrome
import SystemPackage

/// Colours the photographs of a plan, a few at a time so that reading, network and writing
/// overlap, and reports the progress.
struct ColorizeBatch {
    /// Number of photographs in the pipeline: one is read, one is in the network, one is
    /// written.
    private static let width = 3

    private let jobs: [ColorizePlan.Job]
    private let failures: [Failure]
    private let arguments: ColorizeArguments
    private let given: GivenHints
    private let network: LazyNetwork
    private let progress: Progress

    init(
        jobs: [ColorizePlan.Job], failures: [Failure], arguments: ColorizeArguments,
        given: GivenHints, network: LazyNetwork
    ) {
        self.jobs = jobs
        self.failures = failures
        self.arguments = arguments
        self.given = given
        self.network = network
        progress = Progress(total: jobs.count, noun: "photographs")
    }

    /// Colours them all; photographs that fail are reported and counted.
    func run() async -> ColorizeSummary {
        var summary = ColorizeSummary()
        for failure in failures {
            StandardStream.error.tell("\(failure.path): \(failure.reason)")
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
        await job.result(overwrite: arguments.overwrite, given: given) { choice in
            let options = arguments.options(for: job, hints: choice.hints)
            let colorizer = Colorizer(network: try await network.get())
            return try await colorizer.colorize(job.input, to: job.output, options: options)
        }
    }

    private func tell(_ job: ColorizePlan.Job, _ result: JobResult) {
        let isNamed = result.isColored && !arguments.json
        progress.advance(result: isNamed ? job.output : nil, problem: result.problem)
    }
}
