import Autochrome
import Foundation
import Testing

/// Five steps of the article's training beside PaddlePaddle 3.3.1.
@Suite struct ArticleTrainingTests {
    private struct Line: Decodable {
        let loss: Float
    }

    @Test func `its losses are PaddlePaddle's`() throws {
        let scratch = try Scratch()
        let fixtures = Program.root.appending(path: "Tests/AutochromeTests/Fixtures")
        try ArticleWeights.write(to: scratch.path("init.safetensors"))
        let result = try Program.run(
            "train", Program.root.appending(path: "Recipes/article.yaml").path, "--data",
            fixtures.appending(path: "training-pair").path, "--run", scratch.path("run"),
            "--init", scratch.path("init.safetensors"), "--device", "cpu", "--no-shuffle",
            "--no-augmentation", "--batch-size", "2", "--size", "64", "--learning-rate", "1e-3",
            "--steps", "5")
        #expect(result.status == 0, "\(result.error)")
        let found = try scratch.read("run/metrics.jsonl").split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Line.self, from: $0).loss }
        let fixture = try Weights(
            reading: fixtures.appending(path: "training-steps.safetensors").path)
        let expected = try #require(fixture.tensors["losses"]).floats()
        try #require(found.count == 5 && expected.count == 5)
        // From the third step on two right programs drift apart by themselves.
        let tolerances: [Float] = [1e-4, 1e-4, 0.02, 0.02, 0.02]
        for (step, tolerance) in tolerances.enumerated() {
            let error = abs(found[step] / expected[step] - 1)
            #expect(error <= tolerance, "step \(step + 1): \(found[step]), not \(expected[step])")
        }
        #expect(scratch.exists("run/model.safetensors") && scratch.exists("run/report.html"))
        #expect(scratch.exists("run/samples/00000005.png"))
    }
}
