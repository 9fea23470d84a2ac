/// Which photographs make which batch, of all processes and of this one.
package struct BatchPlan: Sendable, Equatable {
    /// The places of the photographs to learn from.
    package let training: [Int]
    /// The places of those kept for evaluation.
    package let evaluation: [Int]
    /// Photographs a step, over all processes.
    package let batchSize: Int
    /// This process's place, 0..<processes.
    package let rank: Int
    /// How many processes share each batch.
    package let processes: Int
    private let mixture: Mixture
    private let order: SampleOrder

    /// - Parameter names: of the photographs.
    /// - Throws: `TrainingError.data` when there are too few photographs for one batch,
    ///   `.options` when the batch cannot be shared by the processes.
    package init(
        _ names: [String], recipe: Recipe, rank: Int, processes: Int
    ) throws(TrainingError) {
        guard recipe.batchSize % (processes * recipe.accumulation) == 0 else {
            throw .options(
                "A batch of \(recipe.batchSize) cannot be shared equally by \(processes) "
                    + "processes in \(recipe.accumulation) parts each; give --batch-size a "
                    + "multiple of \(processes * recipe.accumulation).")
        }
        // Every k-th, so that they are of all kinds where names go by kinds; of few photographs
        // at most a fifth, so that most are learnt from.
        let wanted = recipe.evaluateEvery > 0 ? recipe.evaluationPhotographs : 0
        let kept = min(wanted, max(1, names.count / 5))
        evaluation = kept == 0 ? [] : (0..<kept).map { $0 * names.count / kept }
        let reserved = Set(evaluation)
        training = names.indices.filter { !reserved.contains($0) }
        mixture = try Mixture(
            of: training.map { names[$0] }, shares: recipe.sampling, seed: recipe.seed)
        guard mixture.count >= recipe.batchSize else {
            throw .data(
                "Of \(names.count) photographs \(kept) \(kept == 1 ? "is" : "are") kept for "
                    + "evaluation, and \(mixture.count) an epoch do not make a batch of "
                    + "\(recipe.batchSize); give more"
                    + (mixture.count > 0 ? ", or a smaller --batch-size." : "."))
        }
        batchSize = recipe.batchSize
        (self.rank, self.processes) = (rank, processes)
        order = SampleOrder(
            count: mixture.count, shuffles: recipe.shuffles, buffer: recipe.shuffleBuffer,
            seed: recipe.seed)
    }

    /// Whole batches an epoch; what is left over waits for another order.
    package var stepsPerEpoch: Int { mixture.count / batchSize }

    /// Photographs a step for this process.
    package var share: Int { batchSize / processes }

    /// The epoch of a step, and the batch's number in it; all from 0.
    package func place(ofStep step: Int) -> (epoch: Int, batch: Int) {
        (step / stepsPerEpoch, step % stepsPerEpoch)
    }

    /// Where this process's sample of that number, counted from the first step on, comes from:
    /// the epoch, and the place in the epoch's order.
    package func place(ofSample number: Int) -> (epoch: Int, index: Int) {
        let (epoch, batch) = place(ofStep: number / share)
        return (epoch, batch * batchSize + rank * share + number % share)
    }

    /// The photographs in the order of an epoch.
    package func photographs(ofEpoch epoch: Int) -> [Int] {
        let places = mixture.places(ofEpoch: epoch)
        return order.indices(ofEpoch: epoch).map { training[places[$0]] }
    }
}
