internal import Autochrome

/// How well the network colours photographs that it does not learn from.
///
/// The measure is the loss itself: a distance between colours would favour timid ones.
struct EvaluationLoss {
    private let setup: TrainingSetup
    private let stage: TrainingStage

    init(_ setup: TrainingSetup) {
        self.setup = setup
        stage = setup.evaluationStage
    }

    /// The mean loss of the evaluation photographs, in the batches of training, without
    /// augmentation, over all processes; and those of this process that could not be read.
    func value() throws(TrainingError) -> (Float, skipped: [TrainingSample.Skipped]) {
        let maker = stage.plainMaker
        let model = try TrainingModel(
            setup.model.kind, setup.inferenceTensors, learning: false)
        let count = stage.plan.evaluation.count
        let places = Array(stride(from: setup.rank, to: count, by: stage.plan.processes))
        let length = stage.plan.share
        var (sum, skipped): (Float, [TrainingSample.Skipped]) = (0, [])
        for start in stride(from: 0, to: places.count, by: length) {
            // One that cannot be read gives way to the next, as in training.
            let samples = try places[start..<min(start + length, places.count)].map {
                place throws(TrainingError) in
                try maker.sample(at: place, of: stage.plan.evaluation, epoch: 0)
            }
            let loss = try TrainingError.wrapping { try self.loss(of: samples, model) }
            sum += loss * Float(samples.count)
            skipped += samples.flatMap(\.skipped)
        }
        return (try mean(sum, of: Float(places.count)), skipped)
    }

    private func loss(
        of samples: [TrainingSample], _ model: TrainingModel
    ) throws(TensorError) -> Float {
        try withoutGradient { () throws(TensorError) in
            let batch = try setup.batch(samples[...], size: stage.recipe.size)
            let loss = Loss(settings: setup.recipe.loss, group: nil)
            return try setup.inPrecision { () throws(TensorError) in
                try loss(model(batch.input, mode: .evaluation), batch, model)
            }.number()
        }
    }

    /// The mean over the photographs of all processes.
    private func mean(_ sum: Float, of count: Float) throws(TrainingError) -> Float {
        guard let group = setup.group else { return sum / count }
        return try TrainingError.wrapping {
            let local = try Tensor.values([sum, count], shape: [2], on: setup.device)
            let mean = try group.mean(local).floats()
            return mean[0] / mean[1]
        }
    }
}
