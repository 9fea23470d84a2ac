internal import Synchronization

/// The wish to stop, as by Ctrl-C: films end in order, at the next frame.
package final class FilmStop: Sendable {
    private let flag = Atomic(false)

    package init() {}

    package var isAsked: Bool { flag.load(ordering: .relaxed) }

    package func ask() { flag.store(true, ordering: .relaxed) }
}
