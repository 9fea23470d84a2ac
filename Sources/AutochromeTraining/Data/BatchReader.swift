internal import Autochrome
internal import Synchronization

/// Reads the samples of a training, ahead of the steps that need them.
final class BatchReader {
    private let ahead: ReadAhead<Result<TrainingSample, TrainingError>>
    private let plan: BatchPlan

    /// - Parameters:
    ///   - step: the step to begin with, from 0.
    ///   - workers: threads that read.
    init(_ maker: SampleMaker, _ plan: BatchPlan, from step: Int, workers: Int) {
        self.plan = plan
        let orders = Orders(plan)
        let depth = max(2, (2 * plan.share + workers - 1) / workers)
        ahead = ReadAhead(from: step * plan.share, workers: workers, depth: depth) { number in
            let (epoch, index) = plan.place(ofSample: number)
            let photographs = orders.photographs(ofEpoch: epoch)
            return Result { () throws(TrainingError) in
                try maker.sample(at: index, of: photographs, epoch: epoch)
            }
        }
    }

    deinit { ahead.stop() }

    /// The samples of the next step, and the seconds that were waited for them.
    func next() throws(TrainingError) -> (samples: [TrainingSample], waited: Double) {
        let start = ContinuousClock.now
        var samples: [TrainingSample] = []
        for _ in 0..<plan.share { samples.append(try ahead.next().get()) }
        return (samples, (ContinuousClock.now - start) / .seconds(1))
    }

    /// The orders of the latest epochs: threads are at most a few apart.
    private final class Orders: Sendable {
        private let plan: BatchPlan
        private let known = Mutex<[Int: [Int]]>([:])

        init(_ plan: BatchPlan) { self.plan = plan }

        func photographs(ofEpoch epoch: Int) -> [Int] {
            known.withLock { known in
                if let order = known[epoch] { return order }
                if known.count > 3, let oldest = known.keys.min() { known[oldest] = nil }
                let order = plan.photographs(ofEpoch: epoch)
                known[epoch] = order
                return order
            }
        }
    }
}
