internal import Synchronization

/// Keeps what sliders need, the latest used first, within a bound of bytes.
final class PreviewCache: Sendable {
    private struct State {
        var sights: [String: (sight: PreviewData, lastUse: Int)] = [:]
        var clock = 0
        var bytes = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameter capacity: in bytes.
    init(capacity: Int) { self.capacity = capacity }

    var bytes: Int { state.withLock { $0.bytes } }

    /// What is kept for the photograph of this name.
    subscript(_ id: String) -> PreviewData? {
        state.withLock { state in
            state.clock += 1
            state.sights[id]?.lastUse = state.clock
            return state.sights[id]?.sight
        }
    }

    /// Keeps it, and forgets others that were not used for longest. The newest always stays.
    func keep(_ sight: PreviewData, for id: String) {
        state.withLock { state in
            forget(id, &state)
            state.clock += 1
            state.sights[id] = (sight, state.clock)
            state.bytes += sight.byteCount
            while state.bytes > capacity, state.sights.count > 1,
                let oldest = state.sights.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                forget(oldest.key, &state)
            }
        }
    }

    func forget(_ id: String) { state.withLock { forget(id, &$0) } }

    private func forget(_ id: String, _ state: inout State) {
        if let old = state.sights.removeValue(forKey: id) { state.bytes -= old.sight.byteCount }
    }
}
