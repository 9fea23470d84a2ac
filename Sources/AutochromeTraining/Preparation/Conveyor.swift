/// Brings what one thread reads to several that work on it, and their results to one that takes
/// them in the order of reading.
///
/// The items in transit are bounded by number and bytes, so a slow consumer holds up the
/// reading and not the memory.
final class Conveyor<Input: Sendable, Output: Sendable>: Sendable {
    private struct State {
        var waiting: [(order: Int, input: Input)] = []
        var results: [Int: Output] = [:]
        var costs: [Int: Int] = [:]
        var cost = 0
        var put = 0
        var taken = 0
        var hasEnded = false
        var isStopped = false
    }

    private let largestCount: Int
    private let largestCost: Int
    private let state = Monitor(State())

    /// - Parameters:
    ///   - count: how many things may be on their way.
    ///   - cost: how much they may cost together; a single one may cost more.
    init(count: Int, cost: Int) { (largestCount, largestCost) = (count, cost) }

    /// Adds what was read, once there is room.
    ///
    /// - Returns: false when nothing more is wanted.
    func put(_ input: Input, cost: Int) -> Bool {
        state.wait { state in
            if state.isStopped { return false }
            let isFull =
                state.costs.count >= largestCount
                || (state.cost > 0 && state.cost + cost > largestCost)
            guard !isFull else { return nil }
            state.waiting.append((state.put, input))
            state.costs[state.put] = cost
            state.cost += cost
            state.put += 1
            return true
        }
    }

    /// Nothing more will be read.
    func end() { state.change { $0.hasEnded = true } }

    /// Nothing more is wanted.
    func stop() {
        state.change { state in
            state.isStopped = true
            state.waiting = []
        }
    }

    /// The next thing to work on; nil when there will be none.
    func next() -> (order: Int, input: Input)? {
        state.wait { state -> (order: Int, input: Input)?? in
            if state.isStopped { return .some(nil) }
            if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            return state.hasEnded ? .some(nil) : nil
        }
    }

    /// Hands over what became of the thing with that order.
    func give(_ output: Output, order: Int) { state.change { $0.results[order] = output } }

    /// The next result in the order of reading; nil after the last.
    func result() -> Output? {
        state.wait { state -> Output?? in
            if let output = state.results.removeValue(forKey: state.taken) {
                state.cost -= state.costs.removeValue(forKey: state.taken) ?? 0
                state.taken += 1
                return .some(output)
            }
            return state.isStopped || state.hasEnded && state.taken == state.put
                ? .some(nil) : nil
        }
    }
}
