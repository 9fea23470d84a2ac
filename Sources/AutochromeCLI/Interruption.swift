import Autochrome
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What Ctrl-C does to a batch: unfinished results are removed, finished ones stay, and the
/// program ends with status 130. A film ends in order first; a second Ctrl-C does not wait for it.
struct Interruption {
    /// What is told where the same command goes on.
    static let goesOn = "Interrupted. What is done is kept; the same command goes on from here."

    /// Who waits for a film, shared with the handler of the signal.
    private final class Films: Sendable {
        let stop = Mutex<FilmStop?>(nil)
    }

    private let source: SignalSource
    private let films = Films()
    private let told: String

    /// Takes the signal over for as long as the value lives.
    init(told: String) {
        self.told = told
        source = SignalSource(SIGINT) { [films] _ in
            let stop = films.stop.withLock { $0 }
            guard let stop, !stop.isAsked else { Self.end(told) }
            stop.ask()
        }
    }

    /// From now on the signal only asks films to stop, and they call `end`.
    func leavingTheEndToFilms() -> FilmStop {
        let stop = FilmStop()
        films.stop.withLock { $0 = stop }
        return stop
    }

    /// Ends the program as interrupted.
    func end() -> Never { Self.end(told) }

    private static func end(_ told: String) -> Never {
        PartialFile.removeAll {
            StandardStream.error.write("\n\(told)\n")
            _exit(130)
        }
    }
}
