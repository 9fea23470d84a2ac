internal import Autochrome
internal import Synchronization

/// A photograph that somebody works with on the page.
final class SessionPhotograph: Sendable {
    /// How far it has come.
    enum Stage: Sendable {
        case queued
        case coloring(progress: Double)
        case done
        case failed(Problem)
    }

    let id: String
    let sent: SentPhotograph

    /// When it came.
    let arrival = ContinuousClock.now

    /// Its size on the page: the longer side at most 1600.
    let shownWidth: Int
    let shownHeight: Int

    private struct State {
        var stage = Stage.queued
        var settings = Settings.standard
        var hints: KeptHints?
        var isFetched = false
        var place: Place?
        var work: Task<Void, Never>?
    }

    private let state: Mutex<State>

    init(_ sent: SentPhotograph, place: Place) {
        id = RandomName.make()
        self.sent = sent
        let (width, height) = (sent.photo.width, sent.photo.height)
        let scale = min(1, 1600 / Double(max(width, height)))
        shownWidth = max(1, Int((Double(width) * scale).rounded()))
        shownHeight = max(1, Int((Double(height) * scale).rounded()))
        state = Mutex(State(place: place))
    }

    deinit { cancel() }

    var stage: Stage {
        get { state.withLock { $0.stage } }
        set { state.withLock { $0.stage = newValue } }
    }

    /// How it was shown or saved last.
    var settings: Settings {
        get { state.withLock { $0.settings } }
        set { state.withLock { $0.settings = newValue } }
    }

    /// What a person says of its colours; nil for nothing.
    var hints: KeptHints? {
        get { state.withLock { $0.hints } }
        set { state.withLock { ($0.hints, $0.isFetched) = (newValue, false) } }
    }

    /// Whether the whole photograph in colour was sent, with the hints that it has.
    var isFetched: Bool {
        get { state.withLock { $0.isFetched } }
        set { state.withLock { $0.isFetched = newValue } }
    }

    /// How many are before it in the queue.
    var position: Int? { state.withLock { $0.place }?.position }

    /// Begins the work; the photograph's place in the queue is held until it ends.
    func start(_ work: @escaping @Sendable (Place) async -> Void) {
        state.withLock { state in
            guard let place = state.place else { return }
            state.work = Task { await work(place) }
        }
    }

    /// Gives the place back once the work has ended.
    func leaveQueue() {
        state.withLock { state in
            state.place = nil
            state.work = nil
        }
    }

    /// Gives the photograph up.
    func cancel() {
        state.withLock { $0.work }?.cancel()
    }
}
