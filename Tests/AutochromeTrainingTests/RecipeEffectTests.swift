import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

/// Every key of a recipe changes what comes out.
@Suite struct RecipeEffectTests {
    /// What a run leaves: weights, losses, and the names of its files.
    private struct Outcome: Equatable {
        let model: Data
        let losses: [Float]
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
        for seed in 0..<8 {
            try scratch.write(try TestPhotograph.jpeg(seed, side: 64), as: "photos/\(seed).jpg")
        }
    }

    private func outcome(_ recipe: String) throws -> Outcome {
        let folder = scratch.path(UUID().uuidString).string
        let options = TrainingOptions(
            data: scratch.path("photos").string, run: folder, device: .cpu)
        let run = try TrainingRun(
            Recipe(recipe, file: "test.yaml"), options, tell: { _ in }, shouldStop: { false })
        _ = try run.run()
        let lines = try String(contentsOfFile: folder + "/metrics.jsonl", encoding: .utf8)
        return Outcome(
            model: try Data(contentsOf: URL(filePath: folder + "/model.safetensors")),
            losses: try lines.split(separator: "\n").map {
                try JSONDecoder().decode(StepRecord.self, from: Data($0.utf8)).loss
            },
            files: try FileManager.default.subpathsOfDirectory(atPath: folder)
                .filter { !$0.contains("tfevents") }.sorted())
    }

    private static let changes = [
        ("regression: 0.02", "regression: 0.1"),
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
        ("network: ChromaNetwork", "network: ChromaNetwork\nencoder: Lite2"),
        ("batch_size: 4", "sampling: {1: 2}\nbatch_size: 4"),
        ("batch_size: 4", "batch_size: 3"),
        ("batch_size: 4", "batch_size: 4\naccumulation: 2"),
        ("epochs: 1", "epochs: 2"),
        ("size: 32", "size: 64"),
        ("size: 32", "size: 32\nshuffle: false"),
        ("size: 32", "size: 32\nshuffle_buffer: 2"),
        ("size: 32", "size: 32\nseed: 1"),
        ("size: 32", "size: 32\nsample_every: 1"),
        ("size: 32", "size: 32\nevaluate_every: 1\nevaluation_photographs: 2"),
    ]

    @Test func `a change to any key changes the outcome, and nothing else does`() throws {
        let whole = try outcome(Self.base)
        #expect(try outcome(Self.base) == whole)
        for (old, new) in Self.changes {
            let recipe = Self.base.replacingOccurrences(of: old, with: new)
            try #require(recipe != Self.base)
            let changed = try outcome(recipe)
            #expect(changed != whole, "\(new)")
            let infinite = changed.losses.filter { !$0.isFinite }
            #expect(infinite.isEmpty, "\(new)")
        }
    }
}
