internal import HTTPTypes
internal import Synchronization

/// The sessions: whose photographs are which, until they have not been used for a while.
final class SessionStore: Sendable {
    private struct Session {
        var lastUse: ContinuousClock.Instant

        /// How many photographs are on their way into it, however slowly.
        var arriving = 0
        var photographs: [String: SessionPhotograph] = [:]
    }

    /// How long a session stays without being used.
    private static let lifetime = Duration.seconds(30 * 60)

    /// How long it stays when its room is needed by others.
    private static let shortLifetime = Duration.seconds(2 * 60)

    /// The most sessions, and the most photographs of one.
    private static let mostSessions = 1000
    private static let mostPhotographs = 500

    private let sessions = Mutex<[String: Session]>([:])

    /// What sliders need of their photographs.
    private let sights: PreviewCache

    init(sights: PreviewCache) { self.sights = sights }

    /// How many sessions there are, and photographs in them.
    var counts: (sessions: Int, photographs: Int) {
        sessions.withLock { sessions in
            (sessions.count, sessions.values.map(\.photographs.count).reduce(0, +))
        }
    }

    /// Keeps a session, if there is one of this name, while a photograph is on its way into it.
    func whileKept<Value>(
        _ name: String?, isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws -> Value
    ) async throws -> Value {
        arrive(name, 1)
        defer { arrive(name, -1) }
        return try await work()
    }

    private func arrive(_ name: String?, _ change: Int) {
        sessions.withLock { sessions in
            guard let name, Self.use(name, &sessions) != nil else { return }
            sessions[name]?.arriving += change
        }
    }

    /// The session of this name, used now, or nil if it is not there.
    private static func use(_ name: String?, _ sessions: inout [String: Session]) -> Session? {
        guard let name else { return nil }
        sessions[name]?.lastUse = .now
        return sessions[name]
    }

    /// The session of this name if it is there, else a new one; its name.
    func open(_ name: String?) -> String {
        let new = RandomName.make()
        let (opened, ended) = sessions.withLock { sessions -> (String, [SessionPhotograph]) in
            if let name, Self.use(name, &sessions) != nil { return (name, []) }
            let ended = Self.makeRoom(&sessions)
            sessions[new] = Session(lastUse: .now)
            return (new, ended)
        }
        forget(ended)
        return opened
    }

    /// Takes out a session if there are as many as there may be; its photographs.
    ///
    /// Sessions without photographs go first: a new one costs whoever asks nothing.
    private static func makeRoom(_ sessions: inout [String: Session]) -> [SessionPhotograph] {
        guard sessions.count >= mostSessions else { return [] }
        let oldest = sessions.min { left, right in
            let (isEmpty, isOtherEmpty) =
                (left.value.photographs.isEmpty, right.value.photographs.isEmpty)
            return isEmpty == isOtherEmpty ? left.value.lastUse < right.value.lastUse : isEmpty
        }
        guard let oldest else { return [] }
        sessions[oldest.key] = nil
        return Array(oldest.value.photographs.values)
    }

    /// - Throws: `Problem` when the session has as many photographs as it may.
    func add(_ photograph: SessionPhotograph, to name: String) throws(Problem) {
        let isTaken = sessions.withLock { sessions in
            guard let session = sessions[name],
                session.photographs.count < Self.mostPhotographs
            else { return false }
            sessions[name]?.photographs[photograph.id] = photograph
            return true
        }
        guard isTaken else {
            throw Problem(
                .conflict,
                "A session holds \(Self.mostPhotographs) photographs; remove some first.")
        }
    }

    /// All of a session in the order in which they came; none where there is no such session.
    func photographs(of name: String?) -> [SessionPhotograph] {
        let photographs = sessions.withLock { Self.use(name, &$0)?.photographs.values.map { $0 } }
        return (photographs ?? []).sorted { $0.arrival < $1.arrival }
    }

    /// - Throws: `Problem` when it is not there, or another session's.
    func photograph(_ id: String?, of name: String?) throws(Problem) -> SessionPhotograph {
        let photograph = sessions.withLock { sessions in
            let session = Self.use(name, &sessions)
            return id.flatMap { session?.photographs[$0] }
        }
        guard let photograph else {
            throw Problem(
                .notFound,
                "The photograph is no longer here: it was removed, or the session ran out. Send "
                    + "it again.")
        }
        return photograph
    }

    /// Forgets a photograph.
    func remove(_ photograph: SessionPhotograph, of name: String?) {
        guard let name else { return }
        sessions.withLock { $0[name]?.photographs[photograph.id] = nil }
        forget([photograph])
    }

    /// Forgets sessions that nobody uses any more.
    func sweep(makingRoom: Bool = false) {
        end(notUsedSince: ContinuousClock.now - (makingRoom ? Self.shortLifetime : Self.lifetime))
    }

    /// Forgets them all.
    func removeAll() { end(notUsedSince: .now, isLast: true) }

    private func end(notUsedSince moment: ContinuousClock.Instant, isLast: Bool = false) {
        let ended = sessions.withLock { sessions -> [SessionPhotograph] in
            let ended = sessions.filter {
                $0.value.lastUse <= moment && ($0.value.arriving == 0 || isLast)
            }
            for name in ended.keys { sessions[name] = nil }
            return ended.values.flatMap { $0.photographs.values }
        }
        forget(ended)
    }

    /// Gives up what is still done for photographs that no session holds any more, and what
    /// sliders need of them. Their files go once nobody reads them.
    private func forget(_ photographs: [SessionPhotograph]) {
        for photograph in photographs {
            photograph.cancel()
            sights.forget(photograph.id)
        }
    }
}
