import Autochrome
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far a batch has come, told on standard error: a bar that is drawn again on a terminal, a
/// line every ten seconds elsewhere.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var lastTold: ContinuousClock.Instant
        /// Where work that is told by fractions was taken up.
        var first: (time: ContinuousClock.Instant, done: Int, fraction: Double)?
    }

    private let total: Int
    private let noun: String
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state: Mutex<State>

    /// - Parameters:
    ///   - total: how many there are.
    ///   - noun: what they are, as in "3.1 photographs a second".
    init(total: Int, noun: String) {
        self.total = total
        self.noun = noun
        state = Mutex(State(lastTold: .now))
        if isTerminal, total > 0 { StandardStream.error.write(bar(done: 0) + " 0 of \(total)") }
    }

    /// One more is done. Above the bar `result` is named on standard output, `problem` told on
    /// standard error.
    func advance(result: FilePath? = nil, problem: String? = nil) {
        state.withLock { state in
            state.done += 1
            clear()
            if let result { StandardStream.output.name(result) }
            if let problem { StandardStream.error.tell(problem) }
            tell(&state)
        }
    }

    /// So many are done, and this part of everything, where nobody knows how many there are.
    ///
    /// - Parameters:
    ///   - fraction: 0...1; nil where nobody knows that, either.
    ///   - detail: what else to tell, as in "310 kept, 4 dropped".
    func advance(to done: Int, fraction: Double?, detail: String) {
        state.withLock { state in
            let now = ContinuousClock.now
            let first = state.first ?? (now, done, fraction ?? 0)
            state.first = first
            let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
            guard done > first.done, now - state.lastTold > pause else { return }
            state.lastTold = now
            let seconds = max((now - first.time) / .seconds(1), 1e-3)
            let rate = Double(done - first.done) / seconds
            let left =
                fraction.map { ", \(timeLeft($0, since: first.fraction, seconds)) left" } ?? ""
            let line = "\(done) \(noun), \(decimal(rate)) a second\(left), \(detail.printable)"
            clear()
            StandardStream.error.write(
                isTerminal ? bar(fraction: fraction ?? 0) + " " + line : line + "\n")
        }
    }

    /// - Parameters:
    ///   - fraction: done of everything.
    ///   - first: done of it when the clock began.
    ///   - seconds: on the clock.
    private func timeLeft(_ fraction: Double, since first: Double, _ seconds: Double) -> String {
        let speed = max((fraction - first) / seconds, 1e-9)
        return Self.clock(Int(min(((1 - fraction) / speed).rounded(.up), 1e7)))
    }

    /// Leaves the screen to what follows.
    func finish() {
        state.withLock { _ in clear() }
    }

    private func clear() {
        if isTerminal { StandardStream.error.write(Self.clearing) }
    }

    private func tell(_ state: inout State) {
        let now = ContinuousClock.now
        let line = line(done: state.done, elapsed: now - start)
        if isTerminal {
            StandardStream.error.write(bar(done: state.done) + " " + line)
        } else if now - state.lastTold > .seconds(10), state.done < total {
            StandardStream.error.write(line + "\n")
            state.lastTold = now
        }
    }

    private func bar(done: Int) -> String {
        bar(fraction: total == 0 ? 1 : Double(done) / Double(total))
    }

    private func bar(fraction: Double) -> String { Self.bar(fraction: fraction, length: 24) }

    private func line(done: Int, elapsed: Duration) -> String {
        let seconds = max(elapsed / .seconds(1), 1e-3)
        let rate = Double(done) / seconds
        let left = Int((Double(total - done) / rate).rounded(.up))
        return "\(done) of \(total), \(decimal(rate)) \(noun) a second, \(Self.clock(left)) left"
    }

    private func decimal(_ value: Double) -> String {
        value < 10
            ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }
}

extension Progress {
    /// What takes the current line from a terminal.
    static let clearing = "\r\u{1B}[K"

    /// A bar of so many characters between its ends, filled in part, 0...1.
    static func bar(fraction: Double, length: Int) -> String {
        let filled = Int(Double(length) * fraction)
        return "[" + String(repeating: "=", count: filled)
            + String(repeating: " ", count: max(0, length - filled)) + "]"
    }

    /// Seconds as clocks show them: "2:03", or "1:02:03" from an hour on.
    static func clock(_ seconds: Int) -> String {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let rest = (seconds % 60).padded(2)
        return hours > 0 ? "\(hours):\(minutes.padded(2)):\(rest)" : "\(minutes):\(rest)"
    }
}
