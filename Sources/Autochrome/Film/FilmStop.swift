internal import Synchronization

/// The wish to stop, as by Ctrl-C: films end in order, at the next frame.
package final class FilmStop: Sendable {
    private let flag = Atomic(false)

    /// Nobody has asked yet.
    package init() {}

    /// Whether somebody has asked.
    package var isAsked: Bool { flag.load(ordering: .relaxed) }

    /// Asks all films that share this to stop.
    package func ask() { flag.store(true, ordering: .relaxed) }
}
