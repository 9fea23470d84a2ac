internal import Synchronization

/// What the decoding stage has seen.
final class FrameCount: Sendable {
    private struct State {
        var frames = 0
        var isCut = false
    }

    private let state = Mutex(State())

    var frames: Int { state.withLock { $0.frames } }

    /// Whether the end was asked for, and not the film's own.
    var isCut: Bool {
        get { state.withLock { $0.isCut } }
        set { state.withLock { $0.isCut = newValue } }
    }

    func add() { state.withLock { $0.frames += 1 } }
}
