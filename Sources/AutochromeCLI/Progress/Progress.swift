import Autochrome
import Synchronization
import SystemPackage

/// Progress of a batch, on standard error.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var line = StatusLine()
        /// Start of work whose progress is a fraction.
        var first: (time: ContinuousClock.Instant, done: Int, fraction: Double)?
    }

    private let total: Int
    private let noun: String
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    /// - Parameters:
    ///   - total: how many there are.
    ///   - noun: what they are, as in "3.1 photographs a second".
    init(total: Int, noun: String) {
        self.total = total
        self.noun = noun
        if total > 0 { state.withLock { $0.line.show("0 of \(total)", fraction: 0) } }
    }

    /// One more is done. Above the bar `result` is written to standard output, `problem` to
    /// standard error.
    func advance(result: FilePath? = nil, problem: String? = nil) {
        state.withLock { state in
            state.done += 1
            state.line.clear()
            if let result { StandardStream.output.name(result) }
            if let problem { StandardStream.error.tell(problem) }
            // Off a terminal, the summary reports the end.
            guard state.line.isTerminal || state.done < total else { return }
            let done = state.done
            let fraction = total == 0 ? 1 : Double(done) / Double(total)
            state.line.show(text(done: done), fraction: fraction)
        }
    }

    /// So many are done, and this part of everything, where nobody knows how many there are.
    ///
    /// - Parameters:
    ///   - fraction: 0...1; nil where nobody knows that, either.
    ///   - detail: additional text, as in "310 kept, 4 dropped".
    func advance(to done: Int, fraction: Double?, detail: String) {
        state.withLock { state in
            let now = ContinuousClock.now
            let first = state.first ?? (now, done, fraction ?? 0)
            state.first = first
            guard done > first.done else { return }
            let seconds = max((now - first.time) / .seconds(1), 1e-3)
            let rate = Double(done - first.done) / seconds
            let left =
                fraction.map { ", \(timeLeft($0, since: first.fraction, seconds)) left" } ?? ""
            state.line.show(
                "\(done) \(noun), \(decimal(rate)) a second\(left), \(detail.printable)",
                fraction: fraction ?? 0, pause: .milliseconds(100))
        }
    }

    /// Leaves the screen to what follows.
    func finish() { state.withLock { $0.line.clear() } }

    /// - Parameters:
    ///   - fraction: done of everything.
    ///   - first: done of it when the clock began.
    ///   - seconds: on the clock.
    private func timeLeft(_ fraction: Double, since first: Double, _ seconds: Double) -> String {
        let speed = max((fraction - first) / seconds, 1e-9)
        return StatusLine.clock(Int(min(((1 - fraction) / speed).rounded(.up), 1e7)))
    }

    private func text(done: Int) -> String {
        let seconds = max((ContinuousClock.now - start) / .seconds(1), 1e-3)
        let rate = Double(done) / seconds
        let left = StatusLine.clock(Int((Double(total - done) / rate).rounded(.up)))
        return "\(done) of \(total), \(decimal(rate)) \(noun) a second, \(left) left"
    }

    private func decimal(_ value: Double) -> String {
        value < 10
            ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }
}
