internal import HTTPTypes
internal import Synchronization

/// The sessions: whose photographs are which, until they have not been used for a while.
final class SessionStore: Sendable {
    private struct Session {
        var lastUse: ContinuousClock.Instant
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

    /// How many sessions there are, and photographs in them.
    var counts: (sessions: Int, photographs: Int) {
        sessions.withLock { sessions in
            (sessions.count, sessions.values.map(\.photographs.count).reduce(0, +))
        }
    }

    /// The session of this name if it is there, else a new one; its name.
    func open(_ name: String?) -> String {
        sessions.withLock { sessions in
            if let name, sessions[name] != nil {
                sessions[name]?.lastUse = .now
                return name
            }
            if sessions.count >= Self.mostSessions {
                // Sessions without photographs go first: a new one costs whoever asks nothing.
                let oldest = sessions.min { left, right in
                    let (isEmpty, isOtherEmpty) =
                        (left.value.photographs.isEmpty, right.value.photographs.isEmpty)
                    return isEmpty == isOtherEmpty
                        ? left.value.lastUse < right.value.lastUse : isEmpty
                }
                if let oldest { sessions[oldest.key] = nil }
            }
            let name = RandomName.make()
            sessions[name] = Session(lastUse: .now)
            return name
        }
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

    /// - Throws: `Problem` when it is not there, or another session's.
    func photograph(_ id: String?, of name: String?) throws(Problem) -> SessionPhotograph {
        let photograph = sessions.withLock { sessions in
            guard let name, let id else { return nil as SessionPhotograph? }
            sessions[name]?.lastUse = .now
            return sessions[name]?.photographs[id]
        }
        guard let photograph else {
            throw Problem(
                .notFound,
                "The photograph is no longer here: it was removed, or the session ran out. Send "
                    + "it again.")
        }
        return photograph
    }

    /// Forgets a photograph, and gives up what is still done for it.
    func remove(_ photograph: SessionPhotograph, of name: String?) {
        guard let name else { return }
        sessions.withLock { $0[name]?.photographs[photograph.id] = nil }
        photograph.cancel()
    }

    /// Forgets sessions that nobody uses any more.
    func sweep(makingRoom: Bool = false) {
        let oldest = ContinuousClock.now - (makingRoom ? Self.shortLifetime : Self.lifetime)
        sessions.withLock { sessions in
            sessions = sessions.filter { $0.value.lastUse > oldest }
        }
    }

    /// Forgets them all.
    func removeAll() { sessions.withLock { $0.removeAll() } }
}
