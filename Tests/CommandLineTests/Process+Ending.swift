import Foundation
import Testing

extension Process {
    /// Whether it ended by SIGKILL; by a crash of its own it ends by another signal.
    var wasKilled: Bool { terminationReason == .uncaughtSignal && terminationStatus == SIGKILL }

    /// Ends it, wherever it is.
    func end() {
        if isRunning { kill(processIdentifier, SIGKILL) }
        waitUntilExit()
    }

    /// Ends it, unless it has ended well by itself.
    ///
    /// - Returns: whether it was still at work.
    /// - Throws: when it ended otherwise.
    func killAtWork() throws -> Bool {
        end()
        let endedWell = terminationReason == .exit && terminationStatus == 0
        try #require(
            wasKilled || endedWell,
            "it ended by itself: \(terminationReason), \(terminationStatus)")
        return wasKilled
    }

    /// Waits for its end, but not for ever.
    func waitForEnd() throws {
        try Patience.wait(for: "the end of \(arguments ?? [])") { !isRunning }
    }
}
