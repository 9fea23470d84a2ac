import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Signals to the process, taken over for as long as the value lives.
struct SignalSource {
    private let sources: [any DispatchSourceSignal]

    /// - Parameters:
    ///   - numbers: which signals.
    ///   - handler: what a signal does, called with its number, outside of any signal handler.
    init(_ numbers: Int32..., handler: @escaping @Sendable (Int32) -> Void) {
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { handler(number) }
            source.resume()
            return source
        }
    }
}
