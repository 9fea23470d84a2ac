import Autochrome
import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What Ctrl-C does to a batch: unfinished results are removed, finished ones stay, and the
/// program ends with status 130.
struct Interruption {
    private let source: any DispatchSourceSignal

    /// Takes the signal over for as long as the value lives.
    init(told: String) {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler {
            PartialFile.removeAll {
                StandardStream.error.write("\n\(told)\n")
                _exit(130)
            }
        }
        source.resume()
    }
}
