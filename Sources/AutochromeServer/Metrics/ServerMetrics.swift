internal import Synchronization

/// Counters of the server in Prometheus' text format 0.0.4.
final class ServerMetrics: Sendable {
    private struct Request: Hashable {
        let method: String
        let path: String
        let status: Int
    }

    private struct State {
        var requests: [Request: Int] = [:]
        var photographs: [String: Int] = ["colored": 0, "failed": 0, "left": 0]
        var seconds = 0.0
    }

    private let state = Mutex(State())

    /// Methods that are counted by their names; a client may make up others.
    private static let methods: Set = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"]

    /// Counts an answer.
    func count(_ method: String, path: String?, status: Int) {
        let method = Self.methods.contains(method) ? method : "other"
        let request = Request(method: method, path: path ?? "other", status: status)
        state.withLock { $0.requests[request, default: 0] += 1 }
    }

    /// Counts a photograph: `colored`, `failed` or `left`, by a client that did not wait for it.
    func count(photograph outcome: String, seconds: Double) {
        state.withLock { state in
            state.photographs[outcome, default: 0] += 1
            state.seconds += seconds
        }
    }

    /// The whole text, `figures` at its end.
    func text(with figures: [Metric]) -> String {
        let state = state.withLock { $0 }
        var text = Metric.head("autochrome_requests_total", "counter", "Answers given.")
        let requests = state.requests.sorted {
            ($0.key.path, $0.key.method, $0.key.status)
                < ($1.key.path, $1.key.method, $1.key.status)
        }
        for (request, count) in requests {
            text +=
                "autochrome_requests_total{path=\"\(request.path)\","
                + "method=\"\(request.method)\",status=\"\(request.status)\"} \(count)\n"
        }
        text += Metric.head("autochrome_photographs_total", "counter", "Photographs processed.")
        for (outcome, count) in state.photographs.sorted(by: { $0.key < $1.key }) {
            text += "autochrome_photographs_total{outcome=\"\(outcome)\"} \(count)\n"
        }
        text +=
            Metric(
                "autochrome_work_seconds_total", state.seconds, "Time spent on photographs.",
                type: "counter"
            ).text
        return text + figures.map(\.text).joined()
    }
}
