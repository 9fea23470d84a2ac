/// Event of a running training.
package enum TrainingEvent: Sendable {
    /// Before the first step: the steps done before and in all.
    case begins(at: Int, of: Int, photographs: Int)
    /// A step is done, of so many in all.
    case step(StepRecord, of: Int)
    /// A photograph that cannot be read; reported once for each.
    case skipped(name: String, reason: String)
    /// The loss of the photographs kept for evaluation after a step, and whether it is the least
    /// so far.
    case evaluated(step: Int, loss: Float, isBest: Bool)
    /// A checkpoint was written because the recipe wanted one after this step.
    case saved(step: Int)
}

/// End of a training.
package enum TrainingEnd: Sendable, Equatable {
    /// All steps are done.
    case finished
    /// Asked to stop; a checkpoint is there.
    case stopped(step: Int)
}
