/// Memory that threads share: who needs much waits until enough is free.
final class MemoryBudget: Sendable {
    private let total: Int
    private let used = Monitor(0)

    /// - Parameter total: in bytes; a single use may need more and then has it alone.
    init(total: Int) { self.total = total }

    /// Runs `body` with `count` bytes set aside for it.
    func with<Value, Failure: Error>(
        _ count: Int, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        used.wait { used -> Void? in take(count, of: &used) ? () : nil }
        defer { used.change { $0 -= count } }
        return try body()
    }

    private func take(_ count: Int, of used: inout Int) -> Bool {
        guard used == 0 || used + count <= total else { return false }
        used += count
        return true
    }
}
