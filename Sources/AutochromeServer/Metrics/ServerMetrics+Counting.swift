extension ServerMetrics {
    /// Does the work on one photograph and counts what became of it.
    func counting<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        var outcome = "failed"
        defer {
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            count(photograph: outcome, seconds: seconds)
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
