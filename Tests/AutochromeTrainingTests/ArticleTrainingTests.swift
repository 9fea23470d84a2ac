import Autochrome
import AutochromeTraining
import Foundation
import Testing

/// Five steps of the article's training beside PaddlePaddle 3.3.1.
@Suite struct ArticleTrainingTests {
    private static let fixtures = "Tests/AutochromeTests/Fixtures"

    @Test func `its losses are PaddlePaddle's`() throws {
        let folder = try TestFolder()
        try ArticleWeights.write(to: folder.path("init.safetensors"))
        let fixture = try Weights(
            reading: TestFolder.checkout("\(Self.fixtures)/training-steps.safetensors"))
        let expected = try #require(fixture.tensors["losses"]).floats()
        let found = try Self.losses(folder, steps: 5)
        try #require(found.count == 5 && expected.count == 5)
        // From the third step on two right programs drift apart by themselves.
        let tolerances: [Float] = [1e-4, 1e-4, 0.02, 0.02, 0.02]
        for (step, tolerance) in tolerances.enumerated() {
            let error = abs(found[step] / expected[step] - 1)
            #expect(error <= tolerance, "step \(step + 1): \(found[step]), not \(expected[step])")
        }
    }

    private static func losses(_ folder: TestFolder, steps: Int) throws -> [Float] {
        var recipe = try Recipe(reading: TestFolder.checkout("Recipes/article.yaml"))
        recipe.batchSize = 2
        recipe.size = 64
        recipe.shuffles = false
        recipe.optimizer.learningRate = 1e-3
        let options = TrainingOptions(
            data: TestFolder.checkout("\(fixtures)/training-pair"), run: folder.path("run"),
            initial: folder.path("init.safetensors"), device: .cpu, steps: steps)
        var losses: [Float] = []
        let run = try TrainingRun(
            recipe, options,
            tell: { event in
                if case .step(let record, _) = event { losses.append(record.loss) }
            }, shouldStop: { false })
        #expect(try run.run() == .finished)
        return losses
    }
}
