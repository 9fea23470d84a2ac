/// One measured figure.
struct Figure: Encodable {
    let name: String
    let value: Double
    let unit: String
}

extension Figure {
    /// The median seconds of `rounds` runs of `work`, after one that does not count.
    static func seconds(
        _ name: String, rounds: Int, of work: () async throws -> Void
    ) async throws -> Figure {
        try await work()
        var times: [Double] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try await work()
            times.append((ContinuousClock.now - start) / .seconds(1))
        }
        return Figure(name: name, value: median(times), unit: "s")
    }

    /// The middle value, or the mean of the two in the middle.
    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
