internal import Synchronization

/// Count of open pages, so that a server for one person ends with the last of them.
final class Presence: Sendable {
    private struct State {
        var pages: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextID = 0
        var seconds = 0
        var isClosed = false

        /// The second from which on there has been no page.
        var emptySince = 0
        var hadPage = false
    }

    /// A page that is open.
    struct Page: Sendable {
        fileprivate let id: Int

        /// Has an element now and then, so that a page that has gone is noticed; ends with the
        /// server.
        let beats: AsyncStream<Void>
    }

    /// Seconds without a page after which the visit is over: a browser may take long to start.
    private let (first, rest): (Int, Int)
    private let state = Mutex(State())

    /// - Parameters:
    ///   - first: seconds until the first page has to be there.
    ///   - rest: seconds that may pass without a page afterwards, as while one is loaded again.
    init(first: Int = 300, rest: Int = 60) { (self.first, self.rest) = (first, rest) }

    /// A page has been opened.
    func open() -> Page {
        let (beats, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = state.withLock { state in
            state.nextID += 1
            if state.isClosed { continuation.finish() }
            state.pages[state.nextID] = continuation
            state.hadPage = true
            return state.nextID
        }
        return Page(id: id, beats: beats)
    }

    /// The page has gone.
    func close(_ page: Page) {
        state.withLock { state in
            state.pages[page.id] = nil
            if state.pages.isEmpty { state.emptySince = state.seconds }
        }
    }

    /// Counts a second; whether the visit is over.
    func tick() -> Bool {
        state.withLock { state in
            state.seconds += 1
            if state.seconds.isMultiple(of: 15) { for page in state.pages.values { page.yield() } }
            return state.pages.isEmpty
                && state.seconds - state.emptySince >= (state.hadPage ? rest : first)
        }
    }

    /// Tells the pages that nothing more comes.
    func closeAll() {
        state.withLock { state in
            state.isClosed = true
            for page in state.pages.values { page.finish() }
        }
    }
}
