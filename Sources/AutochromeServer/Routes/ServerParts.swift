internal import Autochrome

/// What the routes share.
struct ServerParts: Sendable {
    let model: ServedModel
    let limits: ServerLimits
    let spool: Spool
    let connections: Connections
    let metrics = ServerMetrics()

    /// Who colours photographs, and who waits for it.
    let queue: WorkQueue

    /// Who makes small pictures for sliders: beside the queue, so that they do not wait for
    /// whole photographs.
    let previews: WorkQueue

    /// What sliders need.
    let sights: SightCache

    let sessions: SessionStore

    init(model: ServedModel, limits: ServerLimits) throws {
        self.model = model
        self.limits = limits
        spool = try Spool(capacity: limits.storedBytes)
        connections = Connections(limit: limits.connections)
        queue = WorkQueue(workers: limits.workers, waiting: limits.waiting)
        previews = WorkQueue(workers: 2, waiting: limits.waiting)
        sights = SightCache(capacity: limits.keptBytes)
        sessions = SessionStore(sights: sights)
    }

    /// Does the work on one photograph and counts what became of it.
    func counting<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        var outcome = "failed"
        defer {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            metrics.count(photograph: outcome, seconds: seconds)
        }
        do {
            let value = try await work()
            outcome = "colored"
            return value
        } catch let error as CancellationError {
            outcome = "left"
            throw error
        }
    }
}
