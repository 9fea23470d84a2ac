import Autochrome
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ctrl-C in a batch: unfinished results are removed, finished ones stay, and the
/// program ends with status 130. A film ends in order first; a second Ctrl-C does not wait for it.
struct Interruption {
    /// Message for an interrupted command that can resume.
    static let resumable = "Interrupted. Finished work is kept; the same command resumes."

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

    /// Stop request for films: from now on the signal sets it, and the films call `end`.
    func stopForFilms() -> FilmStop {
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
