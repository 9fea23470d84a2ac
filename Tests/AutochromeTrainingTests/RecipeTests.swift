import Autochrome
import AutochromeTraining
import Foundation
import Testing

@Suite struct RecipeTests {
    private static let small = """
        network: ResNet
        loss: {name: article}
        optimizer: {learning_rate: 1e-3}
        batch_size: 2
        epochs: 1
        size: 64
        """

    @Test func `the article's recipe is what the article says`() throws {
        let recipe = try Recipe(reading: Scratch.checkout("Recipes/article.yaml"))
        #expect(recipe.network == .resNet && recipe.loss == .article)
        #expect(recipe.batchSize == 10 && recipe.epochs == 30 && recipe.size == 512)
        #expect(recipe.shuffleBuffer == 7500 && recipe.sampleEvery == 1000)
        #expect(recipe.optimizer.learningRate == 2e-5 && recipe.optimizer.beta1 == 0.8)
        #expect(recipe.optimizer.beta2 == 0.999 && recipe.optimizer.epsilon == 1e-8)
        #expect(!recipe.optimizer.isDecoupled && recipe.augmentation == .none)
    }

    @Test func `ours can be read`() throws {
        let recipe = try Recipe(reading: Scratch.checkout("Recipes/autochrome.yaml"))
        #expect(recipe.network == .chroma && recipe.loss == .crossEntropy(regression: 0.02))
    }

    @Test(arguments: [
        ("epoch: 3", "the key epoch is unknown"),
        ("augmentation: {blurr: 1}", "the key augmentation.blurr is unknown"),
        ("seed: many", "seed is \"many\"; a whole number of at least 0 is expected."),
        ("precision: fp8", "fp32 or bf16 is expected."),
        ("shuffle: 7", "true or false is expected."),
    ])
    func `what is not understood is named`(line: String, sentence: String) throws {
        let error = #expect(throws: TrainingError.self) {
            try Recipe("\(Self.small)\n\(line)", file: "my.yaml")
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("my.yaml: ") && text.contains(sentence), "\(text)")
    }

    @Test func `what is missing is named`() throws {
        let error = #expect(throws: TrainingError.self) {
            try Recipe("network: ResNet\nloss: {name: article}", file: "my.yaml")
        }
        #expect(error?.description == "my.yaml: the key optimizer.learning_rate is missing.")
    }

    @Test func `other weights of the cells leave the distribution as it was learnt`() throws {
        let cells = ColorBins.count
        let old = (0..<cells).map { 0.1 + Float($0 % 40) / 8 }
        let bias = (0..<cells).map { Float($0 % 7) - 3 }
        let stored = [
            "color_weights": StoredTensor(old, shape: [cells]),
            "head.bias": StoredTensor(bias, shape: [cells]),
        ]
        var recipe = try Recipe("\(Self.small)\nreadout: {rebalancing: 0.5, gain: 2}", file: "")
        let network = Weights(file: "", tensors: stored)
        var made = InitialWeights.applying(recipe.readout, weights: nil, to: network)
        let new = try #require(made.tensors["color_weights"]).floats()
        let moved = try #require(made.tensors["head.bias"]).floats()
        for cell in 0..<cells {
            #expect(abs(new[cell] - old[cell].squareRoot()) < 1e-6)
            #expect(abs(moved[cell] - log(new[cell]) - bias[cell] + log(old[cell])) < 1e-5)
        }
        let last = try #require(ColorBins.centers.last)
        #expect(made.tensors["color_bins"]?.floats().suffix(2) == [2 * last.x, 2 * last.y])
        recipe.readout.rebalancing = 1
        made = InitialWeights.applying(recipe.readout, weights: old, to: made)
        #expect(made.tensors["color_weights"]?.floats() == old)
    }

    @Test func `the rate grows, then falls as half a cosine`() throws {
        var settings = try Recipe(Self.small, file: "").optimizer
        settings.warmUp = 10
        settings.schedule = .cosine
        #expect(settings.rate(at: 0, of: 110) == 1e-4)
        #expect(settings.rate(at: 9, of: 110) == 1e-3)
        #expect(abs(settings.rate(at: 60, of: 110) - 5e-4) < 1e-9)
        #expect(settings.rate(at: 109, of: 110) < 1e-6)
    }
}
