internal import Synchronization

/// Who works now and who waits: a bounded queue, first come, first served.
///
/// A request takes a `Place` before its photograph is read, so that what waits is bounded from
/// the first byte on, and gives it back by letting go of it.
final class WorkQueue: Sendable {
    /// No place is free.
    struct Full: AnsweredError {
        var problem: Problem { .busy }
    }

    private struct State {
        var places = 0
        var working = 0
        var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
    }

    /// Number of photographs processed at once.
    let workers: Int

    /// Number of places, working and waiting.
    let capacity: Int

    private let state = Mutex(State())

    init(workers: Int, waiting: Int) {
        self.workers = workers
        capacity = workers + waiting
    }

    /// Takes a place.
    func enter() throws(Full) -> Place {
        let isFree = state.withLock { state in
            guard state.places < capacity else { return false }
            state.places += 1
            return true
        }
        guard isFree else { throw Full() }
        return Place(queue: self)
    }

    /// Takes a place though none may be free: for what was not sent by anybody.
    func admit() -> Place {
        state.withLock { $0.places += 1 }
        return Place(queue: self)
    }

    /// Number of working places, and of places held without working.
    var counts: (working: Int, waiting: Int) {
        state.withLock { ($0.working, $0.places - $0.working) }
    }

    fileprivate func leave() { state.withLock { $0.places -= 1 } }

    /// Waits for a worker.
    ///
    /// - Throws: `CancellationError`
    fileprivate func begin(_ place: Place) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        place.ticket.withLock { $0 = id }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.working >= workers else {
                        state.working += 1
                        return .success(())
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let left = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            left?.continuation.resume(throwing: CancellationError())
        }
    }

    fileprivate func end() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.working -= 1
                return nil as CheckedContinuation<Void, any Error>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    fileprivate func position(of place: Place) -> Int? {
        let id = place.ticket.withLock { $0 }
        return state.withLock { state in state.waiting.firstIndex { $0.id == id } }
    }
}

/// A place in the queue, given back when it goes.
final class Place: Sendable {
    private let queue: WorkQueue
    fileprivate let ticket = Mutex(0)

    fileprivate init(queue: WorkQueue) { self.queue = queue }

    deinit { queue.leave() }

    /// Number of places before this one; nil if it does not wait.
    var position: Int? { queue.position(of: self) }

    /// Does the work when its turn has come.
    ///
    /// - Throws: `CancellationError` when the task was cancelled while it waited, and what `work`
    ///   throws.
    func work<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await queue.begin(self)
        defer { queue.end() }
        return try await work()
    }
}
