internal import Autochrome

/// How well the network colours photographs that it does not learn from.
struct Evaluation {
    private let setup: TrainingSetup

    init(_ setup: TrainingSetup) { self.setup = setup }

    /// The mean over pixels of the distance in a*b* from the true colours, of all processes'
    /// shares of the evaluation photographs.
    func distance() throws(TrainingError) -> Float {
        let maker = Self.maker(setup)
        let model = try TrainingModel(
            setup.model.kind, setup.inferenceTensors, learning: false)
        var (sum, count): (Float, Float) = (0, 0)
        let evaluation = setup.plan.evaluation
        for place in stride(from: setup.rank, to: evaluation.count, by: setup.plan.processes) {
            // One that cannot be read gives way to the next, as in training.
            let sample = try maker.sample(at: place, of: evaluation, epoch: 0)
            sum += try TrainingError.wrapping { try distance(of: sample, model) }
            count += 1
        }
        guard let group = setup.group else { return sum / count }
        return try TrainingError.wrapping {
            let local = try Tensor.values([sum, count], shape: [2], on: setup.device)
            let mean = try group.mean(local).floats()
            return mean[0] / mean[1]
        }
    }

    /// Samples without augmentation.
    static func maker(_ setup: TrainingSetup) -> SampleMaker {
        SampleMaker(
            source: setup.source, size: setup.recipe.size, augmentation: .none, seed: 0,
            givesCells: setup.recipe.network == .chroma)
    }

    private func distance(
        of sample: TrainingSample, _ model: TrainingModel
    ) throws(TensorError) -> Float {
        try withoutGradient { () throws(TensorError) in
            let batch = try setup.batch([sample])
            let output = try setup.inPrecision { () throws(TensorError) in
                try model(batch.lightness, mode: .evaluation)
            }
            let error = try model.colors(from: output, vividness: 0.5) - batch.colors
            return try (error * error).sum(over: [1]).squareRoot().mean().number()
        }
    }
}
