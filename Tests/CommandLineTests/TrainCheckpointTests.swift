import Foundation
import Testing

/// What a run that has ended leaves, given to the program once more.
@Suite struct TrainCheckpointTests {
    @Test func `fewer steps than the run has are told as nothing to do`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "2").status == 0)
        let result = try scratch.train(run: "run", "--steps", "1")
        #expect(result.status == 0)
        #expect(
            result.error.contains("The run already has 2 steps, and 1 are requested."),
            "\(result.error)")
    }

    @Test func `a checkpoint is not taken for a model`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let file = scratch.scratch.path("run/checkpoint.safetensors")
        let (model, new) = (
            scratch.scratch.path("run/model.safetensors"), scratch.scratch.path("new.safetensors")
        )
        let sentence =
            "checkpoint.safetensors: a training checkpoint, not a model; use model.safetensors "
            + "in the same folder."
        let commands = [
            ["model", "info", file], ["model", "readout", file, new],
            ["model", "convert", file, new, "--precision", "fp16"],
            ["model", "average", model, file, new],
            [scratch.scratch.path("photos/10.tif"), "--model", file],
            scratch.arguments(run: "other", ["--init", file]),
        ]
        for command in commands {
            let result = try Program.run(arguments: command)
            #expect(result.status == 1 && result.error.contains(sentence), "\(result.error)")
        }
        #expect(!scratch.scratch.exists("new.safetensors"))
    }
}
