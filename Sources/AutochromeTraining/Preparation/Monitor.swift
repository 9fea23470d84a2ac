internal import Dispatch
internal import Synchronization

/// A value that threads change, and wait for until it is as they need it.
final class Monitor<State: Sendable>: Sendable {
    private struct Guarded {
        var state: State
        var waiting: [DispatchSemaphore] = []
    }

    private let guarded: Mutex<Guarded>

    init(_ state: State) { guarded = Mutex(Guarded(state: state)) }

    /// Changes the value; whoever waits looks at it again.
    func change(_ body: (inout State) -> Void) {
        let woken = guarded.withLock { guarded in
            body(&guarded.state)
            return Self.takeWaiting(&guarded)
        }
        for semaphore in woken { semaphore.signal() }
    }

    /// Waits until `body` gives something, which may change the value; others look again then.
    func wait<Value: Sendable>(_ body: (inout State) -> Value?) -> Value {
        while true {
            let semaphore = DispatchSemaphore(value: 0)
            let (value, woken) = guarded.withLock { guarded -> (Value?, [DispatchSemaphore]) in
                if let value = body(&guarded.state) { return (value, Self.takeWaiting(&guarded)) }
                guarded.waiting.append(semaphore)
                return (nil, [])
            }
            for semaphore in woken { semaphore.signal() }
            if let value { return value }
            semaphore.wait()
        }
    }

    private static func takeWaiting(_ guarded: inout Guarded) -> [DispatchSemaphore] {
        defer { guarded.waiting = [] }
        return guarded.waiting
    }
}
