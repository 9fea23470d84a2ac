import Synchronization

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
        if isTerminal { StandardStream.error.write(bar(done: 0) + " 0 of \(total)") }
    }

    /// One more is done. `lines` are written above the bar: results to standard output, `problem`
    /// to standard error.
    func advance(result: [UInt8]? = nil, problem: String? = nil) {
        state.withLock { state in
            state.done += 1
            clear()
            if let result { StandardStream.output.write(result + [UInt8(ascii: "\n")]) }
            if let problem { StandardStream.error.write(problem + "\n") }
            tell(&state)
        }
    }

    /// Leaves the screen to what follows.
    func finish() {
        state.withLock { _ in clear() }
    }

    private func clear() {
        if isTerminal { StandardStream.error.write("\r\u{1B}[K") }
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
        let width = 24
        let filled = total == 0 ? width : done * width / total
        return "[" + String(repeating: "=", count: filled)
            + String(repeating: " ", count: width - filled) + "]"
    }

    private func line(done: Int, elapsed: Duration) -> String {
        let seconds = max(elapsed / .seconds(1), 1e-3)
        let rate = Double(done) / seconds
        let left = Int((Double(total - done) / rate).rounded(.up))
        return "\(done) of \(total), \(decimal(rate)) \(noun) a second, \(clock(left)) left"
    }

    private func decimal(_ value: Double) -> String {
        value < 10
            ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }

    private func clock(_ seconds: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }
}
