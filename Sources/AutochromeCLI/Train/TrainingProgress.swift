import AutochromeTraining

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far training has come, told on standard error: a bar on a terminal, a line every ten
/// seconds elsewhere.
final class TrainingProgress {
    /// Whether this process tells: only the first of several does.
    let isTold: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var start = ContinuousClock.now
    private var lastTold = ContinuousClock.now
    private var firstStep = 0
    private var total = 0
    private var last: StepRecord?
    private var skipped = 0

    init(isTold: Bool) { self.isTold = isTold }

    func tell(_ event: TrainingEvent) {
        switch event {
        case .begins(let step, let total, let photographs):
            (start, lastTold, firstStep, self.total) = (.now, .now, step, total)
            line(Self.beginning(at: step, of: total, photographs: photographs))
        case .step(let record, _):
            last = record
            tell(record)
        case .skipped(let name, let reason):
            skipped += 1
            // Every process has photographs of its own.
            if isTerminal { StandardStream.error.write(Progress.clearing) }
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
        if isTerminal { StandardStream.error.write(Progress.clearing) }
        if let last { StandardStream.error.write(text(last) + "\n") }
        if skipped > 0 {
            StandardStream.error.write(
                "\(skipped) photograph\(skipped == 1 ? "" : "s") could not be read.\n")
        }
    }

    /// How training ended, for `--json`.
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
        if step < total { return "Goes on after step \(step) of \(total)." }
        return "The run has done \(step) steps, and \(total) are wanted: nothing is left to do. "
            + "To go on, give more --steps or --epochs."
    }

    private func line(_ text: String) {
        guard isTold else { return }
        StandardStream.error.write("\(isTerminal ? Progress.clearing : "")\(text)\n")
    }

    private func tell(_ record: StepRecord) {
        guard isTold else { return }
        if isTerminal {
            StandardStream.error.write(Progress.clearing + barred(text(record), step: record.step))
        } else if .now - lastTold > .seconds(10) {
            lastTold = .now
            StandardStream.error.write(text(record) + "\n")
        }
    }

    /// `text` after a bar as long as the line leaves room for: a line that runs over is not
    /// overwritten by the next.
    private func barred(_ text: String, step: Int) -> String {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = (isKnown ? Int(size.ws_col) : 80) - 1
        let length = min(24, columns - text.count - 3)
        guard length >= 5 else { return String(text.prefix(columns)) }
        let fraction = Double(step) / Double(max(total, 1))
        return Progress.bar(fraction: fraction, length: length) + " " + text
    }

    private func text(_ record: StepRecord) -> String {
        let elapsed = (.now - start) / .seconds(1)
        let done = max(1, record.step - firstStep)
        let left = Int((elapsed / Double(done) * Double(total - record.step)).rounded(.up))
        return
            "step \(record.step) of \(total), epoch \(record.epoch), loss \(short(record.loss)), "
            + "\(rounded(record.photographsPerSecond)) photographs a second, "
            + "\(Progress.clock(left)) left"
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
