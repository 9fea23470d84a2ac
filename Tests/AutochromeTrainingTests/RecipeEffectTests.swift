import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

/// Every key of a recipe changes what comes out. That `network` does is seen where the article's is
/// trained.
@Suite struct RecipeEffectTests {
    /// What a run leaves, but for what the model file repeats of the recipe beside its name.
    private struct Outcome: Equatable {
        let name: String?
        let tensors: [String: StoredTensor]
        let losses: [Float]
        let evaluations: [Float?]

        /// The steps after which a checkpoint was written.
        let saved: [Int]

        /// The names of its files.
        let files: [String]
    }

    private static let base = """
        network: ChromaNetwork
        loss: {name: cross-entropy, regression: 0.02}
        optimizer: {name: adam, learning_rate: 1e-3, weight_decay: 0.1}
        augmentation: {scale: 1.2}
        batch_size: 4
        epochs: 1
        size: 32

        """

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        for seed in 0..<10 {
            try scratch.write(try TestPhotograph.jpeg(seed, side: 64), as: "photos/\(seed).jpg")
        }
    }

    private func outcome(_ recipe: String) throws -> Outcome {
        let folder = scratch.path(UUID().uuidString).string
        let options = TrainingOptions(
            data: [scratch.path("photos").string], run: folder, device: .cpu)
        var saved: [Int] = []
        let run = try TrainingRun(
            Recipe(recipe, file: "test.yaml"), options,
            tell: { event in
                if case .saved(let step) = event { saved.append(step) }
            }, shouldStop: { false })
        _ = try run.run()
        let lines = try String(contentsOfFile: folder + "/metrics.jsonl", encoding: .utf8)
        let records = try lines.split(separator: "\n").map {
            try JSONDecoder().decode(StepRecord.self, from: Data($0.utf8))
        }
        let model = try Weights(reading: folder + "/model.safetensors")
        return Outcome(
            name: model.metadata["name"], tensors: model.tensors, losses: records.map(\.loss),
            evaluations: records.map(\.evaluation), saved: saved,
            files: try FileManager.default.subpathsOfDirectory(atPath: folder)
                .filter { !$0.contains("tfevents") }.sorted())
    }

    /// With another loss, which has a key of its own.
    private static let huber = base.replacingOccurrences(
        of: "cross-entropy, regression: 0.02", with: "huber")

    /// With evaluations: neither of their keys does anything without the other.
    private static let evaluated =
        base.replacingOccurrences(of: "epochs: 1", with: "epochs: 2")
        + "evaluate_every: 2\nevaluation_share: 0.2\n"

    /// With hints and a palette for every sample, and a gain that goes by how sure the network is.
    private static let guided =
        base.replacingOccurrences(of: "ChromaNetwork", with: "ChromaTransformer")
        + "hints: {share: 1, points: 2}\npalette: {share: 1}\n"

    private static let guidedChanges = [
        ("hints: {share: 1", "hints: {share: 0"),
        ("points: 2", "points: 20"),
        ("points: 2", "points: 2, areas: 1"),
        ("points: 2", "points: 2, jitter: 9"),
        ("palette: {share: 1", "palette: {share: 0"),
        ("palette: {share: 1", "palette: {share: 1, blur: 20"),
        ("palette: {share: 1", "palette: {share: 1, mixing: 1"),
        ("size: 32", "size: 32\nreadout: {vivid_gain: 1.4}"),
    ]

    /// In two stages.
    private static let staged =
        base.replacingOccurrences(of: "batch_size: 4\nepochs: 1\nsize: 32\n", with: "")
        .replacingOccurrences(of: "learning_rate: 1e-3, ", with: "") + """
            stages:
              - {size: 32, batch_size: 4, samples: 8, learning_rate: 1e-3}
              - {size: 64, batch_size: 2, samples: 4, learning_rate: 5e-4}

            """

    private static let stagedChanges = [
        ("size: 32", "size: 64"), ("batch_size: 4", "batch_size: 2"),
        ("samples: 4", "samples: 6"), ("learning_rate: 5e-4", "learning_rate: 1e-4"),
    ]

    /// Changes by the recipe that is changed.
    private static let changes: [(String, [(String, String)])] = [
        (huber, [("huber", "huber, delta: 1")]),
        (
            evaluated,
            [
                ("evaluate_every: 2", "evaluate_every: 1"),
                ("evaluation_share: 0.2", "evaluation_share: 0.5"),
            ]
        ),
        (base, baseChanges),
        (guided, guidedChanges),
        (staged, stagedChanges),
    ]

    private static let baseChanges = [
        ("regression: 0.02", "regression: 0.1"),
        ("regression: 0.02", "regression: 0.02, delta: 1"),
        ("regression: 0.02", "regression: 0.02, vividness: 1"),
        ("cross-entropy, regression: 0.02", "huber"),
        ("cross-entropy, regression: 0.02", "article"),
        ("name: adam", "name: adamw"),
        ("1e-3", "2e-3"),
        ("weight_decay: 0.1", "weight_decay: 0.2"),
        ("weight_decay", "encoder_factor: 0.5, weight_decay"),
        ("weight_decay", "frozen_stages: 2, weight_decay"),
        ("weight_decay", "beta1: 0.5, weight_decay"),
        ("weight_decay", "beta2: 0.9, weight_decay"),
        ("weight_decay", "epsilon: 1e-3, weight_decay"),
        ("weight_decay", "warm_up: 3, weight_decay"),
        ("weight_decay", "schedule: cosine, weight_decay"),
        ("weight_decay", "clip: 0.01, weight_decay"),
        ("weight_decay", "average: 0.9, weight_decay"),
        ("scale: 1.2", "scale: 2"),
        ("scale: 1.2", "scale: 1.2, flip: 1"),
        ("scale: 1.2", "scale: 1.2, exposure: 1"),
        ("scale: 1.2", "scale: 1.2, contrast: 0.5"),
        ("scale: 1.2", "scale: 1.2, fading: 0.5"),
        ("scale: 1.2", "scale: 1.2, grain: 9"),
        ("scale: 1.2", "scale: 1.2, blur: 2"),
        ("scale: 1.2", "scale: 1.2, jpeg: 1"),
        ("network: ChromaNetwork", "name: plate\nnetwork: ChromaNetwork"),
        ("network: ChromaNetwork", "network: ChromaNetwork\nencoder: Lite2"),
        ("batch_size: 4", "sampling: {1: 2}\nbatch_size: 4"),
        ("batch_size: 4", "batch_size: 3"),
        ("batch_size: 4", "batch_size: 4\naccumulation: 2"),
        ("epochs: 1", "epochs: 2"),
        ("size: 32", "size: 64"),
        ("size: 32", "size: 32\nshuffle: false"),
        ("size: 32", "size: 32\nshuffle_buffer: 2"),
        ("size: 32", "size: 32\nseed: 1"),
        ("size: 32", "size: 32\nreadout: {rebalancing: 0.5}"),
        ("size: 32", "size: 32\nreadout: {gain: 1.2}"),
        ("size: 32", "size: 32\nsample_every: 1"),
        ("size: 32", "size: 32\ncheckpoint_every: 1"),
        ("size: 32", "size: 32\ncheckpoint_minutes: 0"),
        // Sums over a plane are taken in another order, which rounding shows.
        ("size: 32", "size: 32\nchannels_last: true"),
    ]

    @Test func `a change to any key changes the outcome, and nothing else does`() throws {
        let base = try outcome(Self.base)
        #expect(try outcome(Self.base) == base)
        for (recipe, changes) in Self.changes {
            let whole = recipe == Self.base ? base : try outcome(recipe)
            for (old, new) in changes {
                let other = recipe.replacingOccurrences(of: old, with: new)
                try #require(other != recipe)
                let changed = try outcome(other)
                #expect(changed != whole, "\(new)")
                let infinite = changed.losses.filter { !$0.isFinite }
                #expect(infinite.isEmpty, "\(new)")
            }
        }
        // Only where the processor has instructions for it.
        let rounded = try outcome(Self.base + "precision: bf16\n")
        #expect((rounded != base) == Computation.hasBFloat16(.cpu))
    }
}
