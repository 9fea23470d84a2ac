import ArgumentParser
import AutochromeTraining

/// What the command line changes in a recipe.
struct RecipeArguments: ParsableArguments {
    @Option(help: "Times through the photographs.")
    var epochs: Int?

    @Option(help: "Photographs a step, over all processes.")
    var batchSize: Int?

    @Option(help: "How far a step goes.")
    var learningRate: Double?

    @Option(help: "The side of the square that is learnt from, in pixels.")
    var size: Int?

    @Option(help: "Where all that is random begins.")
    var seed: UInt64?

    @Flag(name: .customLong("no-shuffle"), help: "Take photographs in the order of their names.")
    var noShuffle = false

    @Flag(name: .customLong("no-augmentation"), help: "Leave the network's input as it is.")
    var noAugmentation = false

    func validate() throws {
        let numbers = [
            ("--epochs", epochs, Recipe.counts), ("--batch-size", batchSize, Recipe.counts),
            ("--size", size, Recipe.sizes),
        ]
        for (name, value, range) in numbers where !range.contains(value ?? 1) {
            throw ValidationError(
                "\(name) must be from \(range.lowerBound) to \(range.upperBound).")
        }
        if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
            throw ValidationError("--learning-rate must be above 0.")
        }
    }

    func apply(to recipe: inout Recipe) {
        recipe.epochs = epochs ?? recipe.epochs
        recipe.batchSize = batchSize ?? recipe.batchSize
        recipe.optimizer.learningRate = learningRate ?? recipe.optimizer.learningRate
        recipe.size = size ?? recipe.size
        recipe.seed = seed ?? recipe.seed
        if noShuffle { recipe.shuffles = false }
        if noAugmentation { recipe.augmentation = .none }
    }
}
