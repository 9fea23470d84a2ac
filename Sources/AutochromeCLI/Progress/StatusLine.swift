import Autochrome

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The progress on standard error: on a terminal a bar that is drawn
/// again, elsewhere a line every ten seconds.
struct StatusLine {
    let isTerminal = isatty(STDERR_FILENO) == 1
    private var lastTold = ContinuousClock.now

    /// Escape sequence that erases the current line of a terminal.
    private static let clearing = "\r\u{1B}[K"

    /// The longest bar, in characters between its ends.
    private static let longestBar = 24

    /// Leaves the line to what follows.
    func clear() {
        if isTerminal { StandardStream.error.write(Self.clearing) }
    }

    /// Writes a line that stays.
    func write(_ text: String) {
        clear()
        StandardStream.error.write(text + "\n")
    }

    /// Tells how far it has come, where it is time for that.
    ///
    /// - Parameters:
    ///   - text: the text after the bar.
    ///   - fraction: how long the bar before it is, 0...1.
    ///   - pause: between two bars on a terminal.
    mutating func show(
        _ text: @autoclosure () -> String, fraction: Double, pause: Duration = .zero
    ) {
        let now = ContinuousClock.now
        guard now - lastTold >= (isTerminal ? pause : .seconds(10)) else { return }
        lastTold = now
        guard isTerminal else { return write(text()) }
        StandardStream.error.write(Self.clearing + barred(text(), fraction: fraction))
    }

    /// `text` after a bar as long as the line leaves room for: a line that runs over is not
    /// overwritten by the next.
    private func barred(_ text: String, fraction: Double) -> String {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = (isKnown ? Int(size.ws_col) : 80) - 1
        let length = min(Self.longestBar, columns - text.count - 3)
        guard length >= 5 else { return String(text.prefix(columns)) }
        let filled = Int(Double(length) * min(max(fraction, 0), 1))
        return "[" + String(repeating: "=", count: filled)
            + String(repeating: " ", count: length - filled) + "] " + text
    }

    /// Seconds as clocks show them: "2:03", or "1:02:03" from an hour on.
    static func clock(_ seconds: Int) -> String {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        let rest = (seconds % 60).padded(2)
        return hours > 0 ? "\(hours):\(minutes.padded(2)):\(rest)" : "\(minutes):\(rest)"
    }
}
