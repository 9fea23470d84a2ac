internal import Autochrome
internal import Synchronization

/// A visit that has begun.
final class OpenedVisit: Sendable {
    /// The open pages.
    let presence = Presence()

    /// The session that the opened page gets.
    let session: String

    private struct State {
        var token: String?
        var problems: [String] = []
        var left: [SessionPhotograph] = []
    }

    private let state = Mutex(State(token: RandomName.make()))

    init(session: String) { self.session = session }

    /// The address of the page that gets the session, without the server's. The token in it is for
    /// one request: other users of the machine can see the browser's command line.
    var address: String {
        state.withLock { $0.token.map { "/?open=\($0)" } ?? "/" }
    }

    /// Whether it is the token, which then opens nothing more.
    func take(_ token: String) -> Bool {
        state.withLock { state in
            guard state.token == token else { return false }
            state.token = nil
            return true
        }
    }

    /// Why photographs that were handed over are not there, a sentence each.
    var problems: [String] { state.withLock { $0.problems } }

    func add(problem: String) { state.withLock { $0.problems.append(problem) } }

    /// Those that the sessions' end does not take: they have not been fetched so far.
    var left: [SessionPhotograph] {
        get { state.withLock { $0.left } }
        set { state.withLock { $0.left = newValue } }
    }
}
