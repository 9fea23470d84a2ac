import AutochromeTraining

/// Progress of a training, on standard error.
final class TrainingProgress {
    /// Whether this process reports: only rank 0 does.
    let isTold: Bool
    private var status = StatusLine()
    private var start = ContinuousClock.now
    private var firstStep = 0
    private var total = 0
    private var last: StepRecord?
    private var skipped = 0

    init(isTold: Bool) { self.isTold = isTold }

    func tell(_ event: TrainingEvent) {
        switch event {
        case .begins(let step, let total, let photographs):
            (start, status, firstStep, self.total) = (.now, StatusLine(), step, total)
            line(Self.beginning(at: step, of: total, photographs: photographs))
        case .step(let record, _):
            last = record
            tell(record)
        case .skipped(let name, let reason):
            skipped += 1
            // Every process has photographs of its own.
            status.clear()
            StandardStream.error.tell("Skipped \(name): \(reason)")
        case .evaluated(let step, let loss, let isBest):
            line(
                "Step \(step): evaluation loss \(rounded(Double(loss)))"
                    + "\(isBest ? ", the best" : "").")
        case .saved: break
        }
    }

    func finish() {
        guard isTold else { return }
        status.clear()
        if let last { status.write(text(last)) }
        if skipped > 0 {
            status.write("\(skipped) photograph\(skipped == 1 ? "" : "s") could not be read.")
        }
    }

    /// Outcome of a training, for `--json`.
    struct Summary: Encodable {
        let run: String
        let steps: Int
        let loss: Float?
        let finished: Bool
        let skipped: Int
    }

    func summary(_ end: TrainingEnd, run: String) -> Summary {
        Summary(
            run: run, steps: last?.step ?? firstStep, loss: last?.loss,
            finished: end == .finished, skipped: skipped)
    }

    private static func beginning(at step: Int, of total: Int, photographs: Int) -> String {
        if step == 0 { return "\(photographs) photographs, \(total) steps." }
        if step < total { return "Resuming after step \(step) of \(total)." }
        return "The run already has \(step) steps, and \(total) are requested. "
            + "To continue, give more --steps or --epochs."
    }

    private func line(_ text: String) {
        if isTold { status.write(text) }
    }

    private func tell(_ record: StepRecord) {
        guard isTold else { return }
        let fraction = Double(record.step) / Double(max(total, 1))
        status.show(text(record), fraction: fraction)
    }

    private func text(_ record: StepRecord) -> String {
        let elapsed = (.now - start) / .seconds(1)
        let done = max(1, record.step - firstStep)
        let left = Int((elapsed / Double(done) * Double(total - record.step)).rounded(.up))
        return
            "step \(record.step) of \(total), epoch \(record.epoch), loss \(short(record.loss)), "
            + "\(rounded(record.photographsPerSecond)) photographs a second, "
            + "\(StatusLine.clock(left)) left"
    }

    private func rounded(_ value: Double) -> String {
        value < 10 ? "\((value * 100).rounded() / 100)" : "\(Int(value.rounded()))"
    }

    /// Four digits.
    private func short(_ value: Float) -> String {
        var factor = 1.0
        while Double(value.magnitude) * factor < 1000, factor < 1e6 { factor *= 10 }
        return "\((Double(value) * factor).rounded() / factor)"
    }
}
