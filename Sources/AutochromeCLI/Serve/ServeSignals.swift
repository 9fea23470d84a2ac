import AutochromeServer
import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// SIGTERM and Ctrl-C: what is being answered is finished first, within half a minute. A second
/// signal ends the program at once.
struct ServeSignals {
    private final class State: Sendable {
        let status = Mutex<Int32?>(nil)
    }

    /// Has an element once the server is to stop.
    let stop: AsyncStream<Void>

    private let state = State()
    private let source: SignalSource

    /// The exit status of the signal that came: 0 for SIGTERM, 130 for Ctrl-C.
    var status: Int32? { state.status.withLock { $0 } }

    /// Takes the signals over for as long as the value lives.
    init(_ server: Server) {
        let (stop, continuation) = AsyncStream.makeStream(of: Void.self)
        self.stop = stop
        source = SignalSource(SIGTERM, SIGINT) { [state] number in
            let status: Int32 = number == SIGTERM ? 0 : 130
            let isFirst = state.status.withLock { known in
                defer { known = known ?? status }
                return known == nil
            }
            guard isFirst else { Self.end(server, status) }
            StandardStream.error.write("Finishing the current requests.\n")
            continuation.yield()
            DispatchQueue.global().asyncAfter(deadline: .now() + 30) { Self.end(server, status) }
        }
    }

    private static func end(_ server: Server, _ status: Int32) -> Never {
        server.removeFolder()
        _exit(status)
    }
}
