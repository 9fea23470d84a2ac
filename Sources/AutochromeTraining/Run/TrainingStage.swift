internal import Autochrome

/// A stage of a training: its photographs, its batches and how long it lasts.
struct TrainingStage {
    /// The recipe with the stage's own size, batch size, samples and learning rate.
    let recipe: Recipe
    let plan: BatchPlan
    let maker: SampleMaker
    /// Steps before it.
    let firstStep: Int
    /// Its own steps.
    let steps: Int

    /// The stages of a recipe, one after the other.
    static func all(
        of recipe: Recipe, _ source: PhotoSource, rank: Int, processes: Int
    ) throws(TrainingError) -> [TrainingStage] {
        let sizes = recipe.enlarges ? [] : source.sizes(of: Array(source.names.indices))
        var (stages, first): ([TrainingStage], Int) = ([], 0)
        for part in recipe.parts {
            try check(part)
            let used =
                recipe.enlarges
                ? nil
                : source.names.indices.filter { number in
                    (sizes[number]?.shorterSide ?? .max) >= part.size
                }
            let plan = try BatchPlan(
                source.names, using: used, recipe: part, rank: rank, processes: processes)
            let maker = SampleMaker(
                source: source, size: part.size, augmentation: part.augmentation,
                hints: part.hints, palette: part.palette, enlarges: part.enlarges,
                seed: part.seed, givesCells: part.network.network.givesDistribution)
            let steps =
                part.samples.map { max(1, $0 / part.batchSize) }
                ?? part.epochs * plan.stepsPerEpoch
            stages.append(
                TrainingStage(
                    recipe: part, plan: plan, maker: maker, firstStep: first, steps: steps))
            first += steps
        }
        return stages
    }

    private static func check(_ recipe: Recipe) throws(TrainingError) {
        let multiple = recipe.network.network.multiple
        guard recipe.size % multiple == 0 else {
            throw .options(
                "A size of \(recipe.size) does not fit \(recipe.network.rawValue); --size must be "
                    + "a multiple of \(multiple).")
        }
        // The smallest planes have a pixel for each square of that size.
        let side = recipe.size / multiple
        guard side * side * recipe.batchSize / recipe.accumulation > 1 else {
            throw .options(
                "Batch normalization needs more than one value a channel, and a batch of "
                    + "\(recipe.batchSize) in \(recipe.accumulation) parts at a size of "
                    + "\(recipe.size) leaves one; give a larger --batch-size or --size.")
        }
    }

    /// The learning rate of a step, counted over all stages.
    ///
    /// - Parameter total: steps of the whole training, which --steps may have made shorter or
    ///   longer; the last stage ends there.
    func rate(at step: Int, of total: Int, isLast: Bool) -> Double {
        let length = isLast ? total - firstStep : steps
        return recipe.optimizer.rate(at: step - firstStep, of: length)
    }

    /// Whether the learning rate has been constant up to this step and falls from here on.
    func beginsDecay(at step: Int, of total: Int, isLast: Bool) -> Bool {
        guard recipe.optimizer.schedule == .decay, step > firstStep else { return false }
        let full = recipe.optimizer.learningRate
        return rate(at: step, of: total, isLast: isLast) < full
            && rate(at: step - 1, of: total, isLast: isLast) >= full
            && step - firstStep > recipe.optimizer.warmUp
    }

    /// Samples without augmentation, hints or palette.
    var plainMaker: SampleMaker {
        SampleMaker(
            source: maker.source, size: recipe.size, augmentation: .none,
            enlarges: recipe.enlarges, seed: 0,
            givesCells: recipe.network.network.givesDistribution)
    }
}
