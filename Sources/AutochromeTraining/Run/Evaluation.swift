internal import Autochrome

/// How well the network colours photographs that it does not learn from.
///
/// The measure is the loss itself: a distance between colours would favour timid ones.
struct Evaluation {
    private let setup: TrainingSetup

    init(_ setup: TrainingSetup) { self.setup = setup }

    /// The mean loss of the evaluation photographs, in the batches of training, without
    /// augmentation, over all processes; and those of this process that could not be read.
    func loss() throws(TrainingError) -> (Float, skipped: [TrainingSample.Skipped]) {
        let maker = Self.maker(setup)
        let model = try TrainingModel(
            setup.model.kind, setup.inferenceTensors, learning: false)
        let count = setup.plan.evaluation.count
        let places = Array(stride(from: setup.rank, to: count, by: setup.plan.processes))
        let length = setup.plan.share
        var (sum, skipped): (Float, [TrainingSample.Skipped]) = (0, [])
        for start in stride(from: 0, to: places.count, by: length) {
            // One that cannot be read gives way to the next, as in training.
            let samples = try places[start..<min(start + length, places.count)].map {
                place throws(TrainingError) in
                try maker.sample(at: place, of: setup.plan.evaluation, epoch: 0)
            }
            let loss = try TrainingError.wrapping { try self.loss(of: samples, model) }
            sum += loss * Float(samples.count)
            skipped += samples.flatMap(\.skipped)
        }
        return (try mean(sum, of: Float(places.count)), skipped)
    }

    /// Samples without augmentation.
    static func maker(_ setup: TrainingSetup) -> SampleMaker {
        SampleMaker(
            source: setup.source, size: setup.recipe.size, augmentation: .none, seed: 0,
            givesCells: setup.recipe.network == .chroma)
    }

    private func loss(
        of samples: [TrainingSample], _ model: TrainingModel
    ) throws(TensorError) -> Float {
        try withoutGradient { () throws(TensorError) in
            let batch = try setup.batch(samples[...])
            let loss = Loss(settings: setup.recipe.loss, group: nil)
            return try setup.inPrecision { () throws(TensorError) in
                try loss(model(batch.lightness, mode: .evaluation), batch, model)
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
