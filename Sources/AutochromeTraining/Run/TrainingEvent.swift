/// What a run tells while it goes on.
package enum TrainingEvent: Sendable {
    /// Before the first step: the steps done before and in all.
    case begins(at: Int, of: Int, photographs: Int)
    case step(StepRecord, of: Int)
    /// A photograph that cannot be read; told once for each.
    case skipped(name: String, reason: String)
    case evaluated(step: Int, loss: Float, isBest: Bool)
    case saved(step: Int)
}

/// How a run ended.
package enum TrainingEnd: Sendable, Equatable {
    case finished
    /// Asked to stop; a checkpoint is there.
    case stopped(step: Int)
}
