/// Record of one step: a line of `metrics.jsonl`.
package struct StepRecord: Codable, Sendable, Equatable {
    /// 1 for the first.
    package let step: Int
    /// 1 for the first.
    package let epoch: Int
    /// The batch's number in its epoch, 1 for the first.
    package let batch: Int
    /// The loss of the batch.
    package let loss: Float
    /// The rate at which the step went.
    package let learningRate: Double
    /// Over all processes.
    package let photographsPerSecond: Double
    /// The share of the step's time spent waiting for photographs.
    package let waiting: Double
    /// Seconds since 1970.
    package let time: Double
    /// The loss on the evaluation photographs, where they were looked at.
    package var evaluation: Float?

    enum CodingKeys: String, CodingKey {
        case step, epoch, batch, loss, waiting, time, evaluation
        case learningRate = "learning_rate"
        case photographsPerSecond = "photographs_per_second"
    }
}
