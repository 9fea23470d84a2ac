import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Ctrl-C, and what a launcher sends to end a process: the step is finished first. A second
/// Ctrl-C ends the program at once.
struct StopRequest {
    private final class Flag: Sendable {
        let isRaised = Atomic(false)
    }

    private let flag = Flag()
    private let sources: [any DispatchSourceSignal]

    var isAsked: Bool { flag.isRaised.load(ordering: .relaxed) }

    /// Takes the signals over for as long as the value lives.
    init() {
        sources = [SIGINT, SIGTERM].map { [flag] number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if flag.isRaised.exchange(true, ordering: .relaxed) { _exit(130) }
                StandardStream.error.write(
                    "\nThe step is finished and a checkpoint written first.\n")
            }
            source.resume()
            return source
        }
    }
}
