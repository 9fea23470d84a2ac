internal import Dispatch
internal import Synchronization

/// Makes values 0, 1, 2, ... on threads of its own, some ahead of who takes them in that order.
///
/// Worker i of n makes the values i, i + n, i + 2n, ...: which thread makes what follows from the
/// numbers alone.
package final class ReadAhead<Value: Sendable>: Sendable {
    private final class Lane: Sendable {
        let values = Mutex<[Value]>([])
        // Semaphores begin at 0: one that goes with a smaller value than it began with is a fault.
        let room = DispatchSemaphore(value: 0)
        let ready = DispatchSemaphore(value: 0)
    }

    private let lanes: [Lane]
    private let first: Int
    private let stopped = Atomic(false)
    private let taken = Atomic(0)

    /// - Parameters:
    ///   - first: the number to begin at.
    ///   - workers: how many threads make values.
    ///   - depth: how many values each worker may be ahead.
    ///   - make: makes the value of a number; called on any thread.
    package init(
        from first: Int, workers: Int, depth: Int, make: @escaping @Sendable (Int) -> Value
    ) {
        self.first = first
        lanes = (0..<workers).map { _ in Lane() }
        for (index, lane) in lanes.enumerated() {
            for _ in 0..<depth { lane.room.signal() }
            DispatchQueue(label: "photographs \(index)").async { [weak self] in
                var number = first + index
                while true {
                    lane.room.wait()
                    // The owner is gone or does not want more.
                    guard let self, !self.stopped.load(ordering: .relaxed) else { return }
                    let value = make(number)
                    lane.values.withLock { $0.append(value) }
                    lane.ready.signal()
                    number += workers
                }
            }
        }
    }

    /// The next value, waited for if need be. To be called from one thread.
    package func next() -> Value {
        let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        let lane = lanes[number % lanes.count]
        lane.ready.wait()
        let value = lane.values.withLock { $0.removeFirst() }
        lane.room.signal()
        return value
    }

    /// Lets the workers end.
    package func stop() {
        stopped.store(true, ordering: .relaxed)
        for lane in lanes { lane.room.signal() }
    }
}
