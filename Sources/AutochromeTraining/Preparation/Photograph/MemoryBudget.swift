internal import Foundation
internal import Synchronization

/// Memory that threads share: who needs much waits until enough is free.
final class MemoryBudget: Sendable {
    private let total: Int
    private let used = Mutex(0)
    private let changed = NSCondition()

    /// - Parameter total: in bytes; a single use may need more and then has it alone.
    init(total: Int) { self.total = total }

    /// Runs `body` with `count` bytes set aside for it.
    func with<Value, Failure: Error>(
        _ count: Int, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        changed.lock()
        while !used.withLock({ take(count, of: &$0) }) { changed.wait() }
        changed.unlock()
        defer {
            changed.lock()
            used.withLock { $0 -= count }
            changed.broadcast()
            changed.unlock()
        }
        return try body()
    }

    private func take(_ count: Int, of used: inout Int) -> Bool {
        guard used == 0 || used + count <= total else { return false }
        used += count
        return true
    }
}
