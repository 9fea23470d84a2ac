import ArgumentParser
import AutochromeTraining

/// Recipe settings that the command line overrides.
struct RecipeArguments: ParsableArguments {
    @Option(help: "Epochs.")
    var epochs: Int?

    @Option(help: "Batch size, over all processes.")
    var batchSize: Int?

    @Option(help: "Learning rate.")
    var learningRate: Double?

    @Option(help: "Side of the training crops in pixels.")
    var size: Int?

    @Option(help: "Random seed.")
    var seed: UInt64?

    @Flag(name: .customLong("no-shuffle"), help: "Read photographs in order of name.")
    var noShuffle = false

    @Flag(name: .customLong("no-augmentation"), help: "Do not augment the network's input.")
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
