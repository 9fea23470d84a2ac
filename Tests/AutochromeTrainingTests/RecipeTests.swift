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
        #expect(recipe.network == .chromaTransformer && recipe.encoder == .lite0)
        #expect(recipe.loss == .crossEntropy(regression: 0.02, delta: 5, vividness: 0.5))
        #expect(recipe.hints?.share == 0.4 && recipe.palette?.share == 0.2)
        #expect(recipe.parts.map(\.size) == [128, 160, 192] && !recipe.enlarges)
    }

    @Test(arguments: [
        ("epoch: 3", "the key epoch is unknown"),
        ("augmentation: {blurr: 1}", "the key augmentation.blurr is unknown"),
        ("shuffle_buffer: many", "is \"many\"; a whole number from 0 to 1000000000 is expected."),
        ("precision: fp8", "fp32 or bf16 is expected."),
        // YAML's base 60, past what a number holds.
        ("shuffle_buffer: 1:1:1:1:1:1:1:1:1:1:1:1:1", "a whole number from 0 to 1000000000"),
        ("accumulation: 9223372036854775807", "a whole number from 1 to 1000000000"),
        ("checkpoint_minutes: 1e300", "a number from 0.0 to 1000000000.0"),
        ("sampling: {a: 1e300}", "sampling.a is \"1e300\"; a number from 0.0 to 1000.0"),
        ("augmentation: {scale: 1e300}", "augmentation.scale is \"1e300\"; a number from 1.0"),
        ("augmentation: {blur: 1e300}", "augmentation.blur is \"1e300\"; a number from 0.0"),
        ("shuffle: 7", "true or false is expected."),
        ("augmentation: 7", "augmentation is \"7\"; keys and values are expected."),
        ("evaluate_every: 2", "evaluate_every is 2 and evaluation_share is 0.0; neither does"),
        ("evaluation_share: 0.3", "evaluate_every is 0 and evaluation_share is 0.3;"),
        ("hints: {share: 0.5}", "my.yaml: hints says nothing to ResNet; leave it out."),
        ("palette: {share: 0.5}", "my.yaml: palette says nothing to ResNet; leave it out."),
        ("stages: 3", "stages is \"3\"; a list of keys and values is expected."),
        ("stages: [{size: 64}]", "the key stages[0].batch_size is missing."),
        ("encoder: Lite0", "my.yaml: encoder says nothing to ResNet; leave it out."),
        ("readout: {gain: 2}", "my.yaml: readout says nothing to ResNet; leave it out."),
    ])
    func `what is not understood is named`(line: String, sentence: String) throws {
        let error = #expect(throws: TrainingError.self) {
            try Recipe("\(Self.small)\n\(line)", file: "my.yaml")
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("my.yaml: ") && text.contains(sentence), "\(text)")
    }

    @Test(arguments: [
        ("size: 65", "line 7: size is given twice."),
        ("stages: [1", "did not find expected ',' or ']'"),
        ("---\nsize: 64", "line 7: a second document begins, and one is expected."),
        ("? [seed]\n: 1", "line 7: a key is one word."),
        ("sampling: &all {a: *all}", "line 7: a value contains itself."),
    ])
    func `what is no YAML, or is no recipe in YAML, is told with its line`(
        line: String, sentence: String
    ) throws {
        let error = #expect(throws: TrainingError.self) {
            try Recipe("\(Self.small)\n\(line)", file: "my.yaml")
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("my.yaml: this is not YAML: "), "\(text)")
        #expect(text.contains(sentence), "\(text)")
    }

    @Test func `numbers and flags are read in every way that YAML writes them`() throws {
        let text =
            Self.small.replacing("epochs: 1", with: "epochs: 0x10")
            + "\nshuffle: no\nseed: 1_000\ncheckpoint_minutes: +2.5e0\nname: \"7\""
        let recipe = try Recipe(text, file: "")
        #expect(recipe.epochs == 16 && !recipe.shuffles && recipe.seed == 1000)
        #expect(recipe.checkpointMinutes == 2.5 && recipe.name == "7")
        #expect(throws: TrainingError.self) { try Recipe(text + "\nsize: \"64\"", file: "") }
    }

    @Test(arguments: [
        ("beta1: 1", "optimizer.beta1 is \"1\"; a number from 0 to below 1 is expected."),
        ("beta2: 1e9", "optimizer.beta2 is \"1e9\"; a number from 0 to below 1 is expected."),
        ("beta2: -0.1", "optimizer.beta2 is \"-0.1\"; a number from 0 to below 1 is expected."),
        ("average: 1.0", "optimizer.average is \"1.0\"; a number from 0 to below 1 is expected."),
        ("average: nan", "optimizer.average is \"nan\"; a number from 0 to below 1 is expected."),
        ("encoder_factor: 1", "optimizer.encoder_factor says nothing to ResNet; leave it out."),
        ("frozen_stages: 0", "optimizer.frozen_stages says nothing to ResNet; leave it out."),
    ])
    func `an optimizer that cannot be is refused`(key: String, sentence: String) throws {
        let text = Self.small.replacing("1e-3}", with: "1e-3, \(key)}")
        let error = #expect(throws: TrainingError.self) { try Recipe(text, file: "my.yaml") }
        #expect(error?.description == "my.yaml: \(sentence)")
    }

    @Test func `shares up to all but 1 are taken`() throws {
        let keys = "beta1: 0, beta2: 0.999999, average: 0.9999"
        let text = Self.small.replacing("1e-3}", with: "1e-3, \(keys)}")
        let optimizer = try Recipe(text, file: "").optimizer
        #expect(optimizer.beta1 == 0 && optimizer.beta2 == 0.999999)
        #expect(optimizer.average == 0.9999)
    }

    @Test(arguments: ["epochs", "batch_size", "size"])
    func `what no training has is named`(key: String) throws {
        let lines = Self.small.split(separator: "\n").map { line in
            line.hasPrefix(key + ":") ? "\(key): 9223372036854775807" : String(line)
        }
        let error = #expect(throws: TrainingError.self) {
            try Recipe(lines.joined(separator: "\n"), file: "my.yaml")
        }
        #expect(error?.description.contains("\(key) is \"9223372036854775807\"") == true)
    }

    @Test func `aliases of aliases of aliases are not followed`() throws {
        let names = "abcdefghij".map(String.init)
        var lines = ["a: &a [\(String(repeating: "x,", count: 10))]"]
        for (name, last) in zip(names.dropFirst(), names) {
            lines.append("\(name): &\(name) [\(String(repeating: "*\(last),", count: 10))]")
        }
        lines.append("? *j\n: 1")
        let error = #expect(throws: TrainingError.self) {
            try Recipe(lines.joined(separator: "\n"), file: "my.yaml")
        }
        #expect(error?.description.contains("my.yaml: 91 values are aliases") == true)
        // One is taken, wherever it stands.
        let recipe = try Recipe("seed: &one 1\nsample_every: *one\n\(Self.small)", file: "")
        #expect(recipe.seed == 1 && recipe.sampleEvery == 1)
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
        let text = Self.small.replacing("ResNet", with: "ChromaNetwork")
        var recipe = try Recipe("\(text)\nreadout: {rebalancing: 0.5, gain: 2}", file: "")
        let network = Weights(file: "", tensors: stored)
        var made = try InitialWeights.applying(recipe.readout, weights: nil, to: network)
        let new = try #require(made.tensors["color_weights"]).floats()
        let moved = try #require(made.tensors["head.bias"]).floats()
        for cell in 0..<cells {
            #expect(abs(new[cell] - old[cell].squareRoot()) < 1e-6)
            #expect(abs(moved[cell] - log(new[cell]) - bias[cell] + log(old[cell])) < 1e-5)
        }
        let last = try #require(ColorBins.centers.last)
        #expect(made.tensors["color_bins"]?.floats().suffix(2) == [2 * last.x, 2 * last.y])
        recipe.readout.rebalancing = 1
        made = try InitialWeights.applying(recipe.readout, weights: old, to: made)
        #expect(made.tensors["color_weights"]?.floats() == old)
    }

    @Test func `the rate is constant, then falls straight to zero over the last tenth`() throws {
        var settings = try Recipe(Self.small, file: "").optimizer
        settings.warmUp = 10
        settings.schedule = .decay
        #expect(settings.rate(at: 0, of: 100) == 1e-4)
        #expect(settings.rate(at: 10, of: 100) == 1e-3 && settings.rate(at: 90, of: 100) == 1e-3)
        #expect(abs(settings.rate(at: 95, of: 100) - 5e-4) < 1e-9)
        #expect(abs(settings.rate(at: 99, of: 100) - 1e-4) < 1e-9)
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
