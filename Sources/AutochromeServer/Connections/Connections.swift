internal import NIOCore
internal import Synchronization

/// The connections that are open: at most so many, and what is to be given up when one closes.
///
/// Past the limit the connection that has waited longest without a request is closed, so that
/// thousands of silent connections cannot keep others out.
final class Connections: Sendable {
    private struct Entry {
        let channel: any Channel
        /// When it began to wait for a request; nil while there is one.
        var idleSince: UInt64?
        var onClose: (@Sendable () -> Void)?
    }

    private struct State {
        var entries: [ObjectIdentifier: Entry] = [:]
        var clock: UInt64 = 0
        var evicted = 0
        var timedOut = 0
    }

    /// The most connections open at once.
    let limit: Int

    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Number of connections that are open, that made room, and that were closed as too slow.
    var counts: (open: Int, evicted: Int, timedOut: Int) {
        state.withLock { ($0.entries.count, $0.evicted, $0.timedOut) }
    }

    /// Takes in a new connection.
    func add(_ channel: any Channel) {
        let evicted: (any Channel)? = state.withLock { state in
            state.clock += 1
            let evicted = state.entries.count >= limit ? Self.longestIdle(state.entries) : nil
            state.entries[ObjectIdentifier(channel)] = Entry(
                channel: channel, idleSince: state.clock)
            guard let evicted else { return nil }
            state.evicted += 1
            return state.entries.removeValue(forKey: evicted)?.channel
        }
        // Its handler knows whether there is somebody to tell; its own loop calls it.
        evicted?.pipeline.fireUserInboundEventTriggered(Eviction())
    }

    /// Tells a connection's handler that it goes to make room.
    struct Eviction: Sendable {}

    private static func longestIdle(
        _ entries: [ObjectIdentifier: Entry]
    ) -> ObjectIdentifier? {
        entries.filter { $0.value.idleSince != nil }
            .min { $0.value.idleSince ?? 0 < $1.value.idleSince ?? 0 }?.key
    }

    /// A connection has a request now, or waits for one.
    func set(_ channel: any Channel, isIdle: Bool) {
        state.withLock { state in
            state.clock += 1
            state.entries[ObjectIdentifier(channel)]?.idleSince = isIdle ? state.clock : nil
        }
    }

    /// A connection was too slow.
    func countTimeOut() { state.withLock { $0.timedOut += 1 } }

    /// Forgets a connection that has closed, and gives up what was done for it.
    func remove(_ channel: any Channel) {
        let entry = state.withLock { $0.entries.removeValue(forKey: ObjectIdentifier(channel)) }
        entry?.onClose?()
    }

    /// Does work that is cancelled when the connection closes.
    func whileOpen<Value: Sendable>(
        _ channel: any Channel, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        let isOpen = state.withLock { state in
            state.entries[ObjectIdentifier(channel)]?.onClose = { task.cancel() }
            return state.entries[ObjectIdentifier(channel)] != nil
        }
        if !isOpen { task.cancel() }
        defer {
            state.withLock { $0.entries[ObjectIdentifier(channel)]?.onClose = nil }
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
