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
    private let source: SignalSource

    var isAsked: Bool { flag.isRaised.load(ordering: .relaxed) }

    /// Takes the signals over for as long as the value lives.
    init() {
        source = SignalSource(SIGINT, SIGTERM) { [flag] _ in
            if flag.isRaised.exchange(true, ordering: .relaxed) { _exit(130) }
            StandardStream.error.write("\nFinishing the step and writing a checkpoint.\n")
        }
    }
}
