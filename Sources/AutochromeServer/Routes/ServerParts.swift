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
    let sights: PreviewCache

    let sessions: SessionStore

    /// Who does the work for photographs of sessions.
    let studio: SessionColorizer

    /// The visit of the one person whom the server is for, if it is.
    let visit: OpenedVisit?

    init(model: ServedModel, limits: ServerLimits, visit: Visit? = nil) throws {
        self.model = model
        self.limits = limits
        spool = try Spool(capacity: limits.storedBytes, in: visit?.folder)
        connections = Connections(limit: limits.connections)
        queue = WorkQueue(workers: limits.workers, waiting: limits.waiting)
        previews = WorkQueue(workers: 2, waiting: limits.waiting)
        sights = PreviewCache(capacity: limits.keptBytes)
        sessions = SessionStore(sights: sights)
        studio = SessionColorizer(
            model: model, maxPixels: limits.maxPixels, spool: spool, metrics: metrics,
            queue: queue, previews: previews, sights: sights)
        self.visit = visit == nil ? nil : OpenedVisit(session: sessions.open(nil))
    }
}
