import Autochrome
import Foundation
import Testing

@Suite(.serialized) struct TrainCommandTests {
    @Test func `a run that is killed goes on to the same losses and weights`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "whole").status == 0)
        var kills = 0
        // Three steps an epoch: these are in the middle of epochs, some past a checkpoint.
        for step in [1, 5, 8] {
            let process = Program.process(
                scratch.arguments(run: "killed"), environment: TrainingScratch.environment)
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer { process.end() }
            try scratch.wait(for: step, of: "killed")
            if try process.killAtWork() { kills += 1 }
        }
        #expect(kills > 0)
        #expect(try scratch.train(run: "killed").status == 0)
        let (whole, killed) = (try scratch.lines("whole"), try scratch.lines("killed"))
        #expect(whole.count == 12 && killed.map(\.step) == Array(1...12))
        #expect(whole.map(\.loss) == killed.map(\.loss))
        let model = try scratch.scratch.read("whole/model.safetensors")
        #expect(try model == scratch.scratch.read("killed/model.safetensors"))
    }

    @Test func `ctrl-c writes a checkpoint and ends with 130`() throws {
        let scratch = try TrainingScratch()
        let process = Program.process(
            scratch.arguments(run: "run", ["--steps", "100000"]),
            environment: TrainingScratch.environment)
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.end() }
        try scratch.wait(for: 3, of: "run")
        kill(process.processIdentifier, SIGINT)
        try process.waitForEnd()
        #expect(process.terminationStatus == 130)
        #expect(scratch.scratch.exists("run/checkpoint.safetensors"))
        let last = try #require(try scratch.lines("run").last?.step)
        let next = try scratch.train(run: "run", "--steps", "\(last + 1)")
        #expect(next.error.contains("Resuming after step \(last) of \(last + 1)."), "\(next.error)")
    }

    @Test func `a checkpoint of a step past all counting is refused`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let path = scratch.scratch.path("run/checkpoint.safetensors")
        var weights = try Weights(reading: path)
        weights.metadata["step"] = "9223372036854775807"
        try weights.write(to: path)
        let next = try scratch.train(run: "run", "--steps", "2")
        #expect(next.status == 1)
        #expect(next.error.contains("lacks the step at which it was written"), "\(next.error)")
    }

    @Test func `a second training in the same folder is refused`() throws {
        let scratch = try TrainingScratch()
        let first = Program.process(
            scratch.arguments(run: "run", ["--steps", "100000"]),
            environment: TrainingScratch.environment)
        first.standardError = FileHandle.nullDevice
        try first.run()
        defer { first.end() }
        try scratch.wait(for: 1, of: "run")
        let second = try scratch.train(run: "run")
        #expect(second.status == 1)
        #expect(
            second.error.contains("run: another training is running in this folder."),
            "\(second.error)")
    }

    @Test func `a run folder that cannot be made is told with the reason`() throws {
        let scratch = try TrainingScratch()
        let result = try scratch.train(run: "recipe.yaml/run")
        #expect(result.status == 1)
        #expect(
            result.error.contains("the folder cannot be created: Not a directory."),
            "\(result.error)")
    }

    @Test func `two processes learn what one learns`() throws {
        let scratch = try TrainingScratch()
        // From random weights Adam's first steps turn by rounding alone.
        let model = TestFile.checkout("Models/autochrome.safetensors")
        #expect(try scratch.train(run: "one", "--steps", "10", "--init", model).status == 0)
        let port = Program.meetingPort()
        let pair = try (0..<2).map {
            try scratch.start(
                run: "two", rank: $0, of: 2, port: port, "--steps", "10", "--init", model)
        }
        for (process, error) in pair {
            process.waitUntilExit()
            let text = try String(contentsOf: error, encoding: .utf8)
            #expect(process.terminationStatus == 0, "\(text)")
        }
        let (one, two) = (try scratch.lines("one"), try scratch.lines("two"))
        #expect(one.count == 10 && two.count == 10)
        // Each process reads half of every batch: without the other's gradients and statistics
        // the losses part by more than 1e-2 in the second step.
        for (a, b) in zip(one, two) {
            #expect(abs(a.loss - b.loss) <= 1e-4 * a.loss, "step \(a.step): \(a.loss), \(b.loss)")
        }
    }

    @Test func `one process's death ends the other with a sentence, and the run goes on`() throws {
        let scratch = try TrainingScratch()
        let port = Program.meetingPort()
        let pair = try (0..<2).map {
            try scratch.start(run: "run", rank: $0, of: 2, port: port, "--steps", "100000")
        }
        defer { for (process, _) in pair { process.end() } }
        try scratch.wait(for: 5, of: "run")
        #expect(try pair[1].process.killAtWork())
        try pair[0].process.waitForEnd()
        #expect(pair[0].process.terminationStatus == 1)
        let text = try String(contentsOf: pair[0].error, encoding: .utf8)
        #expect(text.contains("Another process of this training has ended"), "\(text)")
        let next = try scratch.train(run: "run", "--steps", "6")
        #expect(next.status == 0 && next.error.contains("Resuming after step"), "\(next.error)")
    }

    @Test func `damaged photographs are skipped, counted and named`() throws {
        let scratch = try TrainingScratch()
        let whole = try scratch.scratch.read("photos/13.tif")
        try scratch.scratch.write(whole.prefix(2000), as: "photos/13.tif")
        let result = try scratch.train(run: "run", "--steps", "6")
        #expect(result.status == 0)
        #expect(result.error.contains("Skipped 13.tif: "), "\(result.error)")
        #expect(result.error.contains("1 photograph could not be read."), "\(result.error)")
    }

    @Test func `a photograph kept for evaluation that cannot be read is named once`() throws {
        let scratch = try TrainingScratch()
        try scratch.write(
            recipe: scratch.recipe() + "\nevaluate_every: 1\nevaluation_share: 0.3")
        let whole = try scratch.scratch.read("photos/16.tif")
        try scratch.scratch.write(whole.prefix(2000), as: "photos/16.tif")
        let result = try scratch.train(run: "run", "--steps", "2")
        #expect(result.status == 0)
        let parts = result.error.components(separatedBy: "Skipped 16.tif: ")
        #expect(parts.count == 2, "\(result.error)")
        #expect(result.error.contains("1 photograph could not be read."), "\(result.error)")
    }

    @Test func `a loss that is not finite stops, naming step and photographs`() throws {
        let scratch = try TrainingScratch()
        let result = try scratch.train(run: "run", "--learning-rate", "1e30", "--no-shuffle")
        #expect(result.status == 1)
        #expect(result.error.contains("The loss of step "), "\(result.error)")
        #expect(result.error.contains(".tif"), "\(result.error)")
    }

    @Test func `what cannot begin gets a sentence before any work`() throws {
        let scratch = try TrainingScratch()
        try scratch.scratch.makeFolder("empty")
        let model = TestFile.checkout("Models/autochrome.safetensors")
        let cases: [([String], String)] = [
            (["--data", scratch.scratch.path("empty")], "no photographs in it."),
            (["--data", scratch.scratch.path("none")], "no such folder"),
            (["--batch-size", "13"], "do not make a batch of 13"),
            (["--size", "32", "--batch-size", "1"], "leaves one; give a larger --batch-size"),
            (["--data", ""], "--data is empty; give a folder, as in --data set."),
            (["--run", ""], "--run is empty; give a folder, as in --run run."),
            (["--size", "50"], "--size must be a multiple of 32"),
            (["--init", scratch.scratch.path("recipe.yaml")], "not a valid safetensors file"),
        ]
        for (more, sentence) in cases {
            let result = try Program.run(arguments: scratch.arguments(run: "run", more))
            #expect(result.status != 0 && result.error.contains(sentence), "\(result.error)")
        }
        let article = TestFile.checkout("Recipes/article.yaml")
        let result = try Program.run(
            "train", article, "--data", scratch.scratch.path("photos"), "--run",
            scratch.scratch.path("run"), "--init", model)
        #expect(result.status == 1 && result.error.contains("not the weights of ResNet"))
        #expect(!scratch.scratch.exists("run"))
    }

    @Test func `a run is not gone on with by other options`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let result = try scratch.train(run: "run", "--steps", "2", "--batch-size", "2")
        #expect(result.status == 1)
        #expect(
            result.error.contains("this run was started with batch size 4, now batch size is 2"),
            "\(result.error)")
    }

    @Test func `a run is not gone on with by a recipe of another task`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let old = try scratch.recipe()
        let changes: [(String, String, String)] = [
            (
                "regression: 0.02", "regression: 0.1",
                "started with loss {name: cross-entropy, regression: 0.02, delta: 10.0, "
                    + "vividness: 0.0}, now loss is {name: cross-entropy, regression: 0.1, "
            ),
            (
                "size: 64", "size: 64\nreadout: {gain: 1.2}",
                "started with readout {rebalancing: 1.0, gain: 1.0}, now readout is "
                    + "{rebalancing: 1.0, gain: 1.2}."
            ),
            ("size: 64", "size: 64\nencoder: Lite2", "started with encoder Lite0, now encoder is"),
            ("size: 64", "size: 64\nshuffle_buffer: 5", "buffer 0, now shuffle buffer is 5."),
            ("name: adamw", "name: adam", "with optimizer adamw, now optimizer is adam."),
            ("average: 0.9, ", "", "started with average on, now average is off."),
            (
                "clip: 5", "clip: 5, frozen_stages: 2",
                "started with frozen stages 0, now frozen stages is 2."
            ),
            (
                "size: 64", "size: 64\nevaluate_every: 1\nevaluation_share: 0.3",
                "started with evaluation share 0.0, now evaluation share is 0.3."
            ),
        ]
        for (part, new, sentence) in changes {
            try scratch.write(recipe: old.replacing(part, with: new))
            let result = try scratch.train(run: "run", "--steps", "2")
            #expect(result.status == 1 && result.error.contains(sentence), "\(result.error)")
        }
        // What only tells how to go on may change.
        let rates = old.replacing("1e-4", with: "2e-4").replacing("warm_up: 3", with: "warm_up: 1")
        try scratch.write(
            recipe: rates.replacing("checkpoint_every: 2", with: "checkpoint_minutes: 0")
                + "\nprecision: bf16\nsample_every: 1")
        let next = try scratch.train(run: "run", "--steps", "2")
        #expect(next.status == 0 && next.error.contains("Resuming after step 1"), "\(next.error)")
    }

    @Test func `photographs may be added to a run`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        try scratch.scratch.write(
            TestPhoto.colored(width: 80, height: 90), as: "photos/other.tif")
        let result = try scratch.train(run: "run", "--steps", "2")
        #expect(result.status == 0, "\(result.error)")
        #expect(result.error.contains("Resuming after step 1"), "\(result.error)")
    }

    @Test func `an --init other than that of the run is refused, none is not`() throws {
        let scratch = try TrainingScratch()
        let model = TestFile.checkout("Models/autochrome.safetensors")
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let added = try scratch.train(run: "run", "--steps", "2", "--init", model)
        #expect(added.status == 1)
        #expect(
            added.error.contains("was started without --init, now --init is \(model)."),
            "\(added.error)")
        #expect(try scratch.train(run: "from", "--steps", "1", "--init", model).status == 0)
        #expect(try scratch.train(run: "from", "--steps", "2").status == 0)
        // Still known after steps without it.
        #expect(try scratch.train(run: "from", "--steps", "3", "--init", model).status == 0)
        let other = scratch.scratch.path("from/model.safetensors")
        let changed = try scratch.train(run: "from", "--steps", "4", "--init", other)
        #expect(changed.status == 1)
        #expect(
            changed.error.contains("was started with --init \(model), now --init is \(other)."),
            "\(changed.error)")
    }

    @Test func `a checkpoint that does not say how its run was begun is refused`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let path = scratch.scratch.path("run/checkpoint.safetensors")
        var weights = try Weights(reading: path)
        weights.metadata["readout"] = nil
        try weights.write(to: path)
        let next = try scratch.train(run: "run", "--steps", "2")
        #expect(next.status == 1)
        #expect(
            next.error.contains("this run's readout is not recorded"),
            "\(next.error)")
    }

    @Test func `a checkpoint older than some of what a run keeps to is gone on from`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "1").status == 0)
        let path = scratch.scratch.path("run/checkpoint.safetensors")
        var weights = try Weights(reading: path)
        for fact in ["optimizer", "average", "frozen stages"] {
            #expect(weights.metadata.removeValue(forKey: fact) != nil, "\(fact)")
        }
        try weights.write(to: path)
        let next = try scratch.train(run: "run", "--steps", "2")
        #expect(next.status == 0 && next.error.contains("Resuming after step 1"), "\(next.error)")
    }

    @Test func `weights that are not finite are not kept`() throws {
        let scratch = try TrainingScratch()
        // The loss is that of the weights before the step, which the step throws out of range.
        let result = try scratch.train(run: "run", "--steps", "1", "--learning-rate", "3e38")
        #expect(result.status == 1)
        #expect(result.error.contains("A number in "), "\(result.error)")
        #expect(result.error.contains(" of step 1 is "), "\(result.error)")
        #expect(result.error.contains(". Try a lower --learning-rate."), "\(result.error)")
        for name in ["checkpoint.safetensors", "model.safetensors", "samples/00000001.png"] {
            #expect(!scratch.scratch.exists("run/\(name)"), "\(name)")
        }
    }

    @Test func `an evaluation loss that is not finite stops with a sentence`() throws {
        let scratch = try TrainingScratch()
        try scratch.write(
            recipe: scratch.recipe() + "\nevaluate_every: 1\nevaluation_share: 0.3")
        // Statistics that training does without.
        var weights = try Weights(reading: TestFile.checkout("Models/autochrome.safetensors"))
        let name = try #require(weights.tensors.keys.filter { $0.hasSuffix("running_mean") }.min())
        let shape = try #require(weights.tensors[name]).shape
        weights.tensors[name] = StoredTensor(
            [Float](repeating: .nan, count: shape.reduce(1, *)), shape: shape)
        let path = scratch.scratch.path("init.safetensors")
        try weights.write(to: path)
        let result = try scratch.train(run: "run", "--steps", "2", "--init", path)
        #expect(result.status == 1)
        #expect(result.error.contains("The evaluation loss of step 1 is nan."), "\(result.error)")
        #expect(try scratch.lines("run").isEmpty)
    }

    @Test func `a model tells the loss of the step that made it`() throws {
        let scratch = try TrainingScratch()
        try scratch.write(
            recipe: scratch.recipe() + "\nevaluate_every: 1\nevaluation_share: 0.3")
        #expect(try scratch.train(run: "run", "--steps", "3").status == 0)
        let model = try Weights(reading: scratch.scratch.path("run/model.safetensors"))
        let step = try #require(model.metadata["steps"].flatMap { Int($0) })
        let line = try #require(try scratch.lines("run").first { $0.step == step })
        #expect(model.metadata["loss"] == "\(Float(line.loss))")
    }

    @Test func `only a last line that was cut short is dropped from the losses`() throws {
        let scratch = try TrainingScratch()
        #expect(try scratch.train(run: "run", "--steps", "2").status == 0)
        let whole = try scratch.scratch.read("run/metrics.jsonl")
        let damaged = Data("{\n".utf8) + whole
        try scratch.scratch.write(damaged, as: "run/metrics.jsonl")
        let refused = try scratch.train(run: "run", "--steps", "3")
        #expect(refused.status == 1)
        #expect(
            refused.error.contains("metrics.jsonl: line 1 is not a step's record"),
            "\(refused.error)")
        #expect(try scratch.scratch.read("run/metrics.jsonl") == damaged)
        try scratch.scratch.write(whole + whole.prefix(20), as: "run/metrics.jsonl")
        #expect(try scratch.train(run: "run", "--steps", "3").status == 0)
        #expect(try scratch.scratch.read("run/metrics.jsonl").starts(with: whole))
        #expect(try scratch.lines("run").map(\.step) == [1, 2, 3])
    }
}

extension TrainingScratch {
    /// The text of the recipe.
    fileprivate func recipe() throws -> String {
        String(decoding: try scratch.read("recipe.yaml"), as: UTF8.self)
    }

    fileprivate func write(recipe: String) throws {
        try scratch.write(Data(recipe.utf8), as: "recipe.yaml")
    }
}

/// Files of the checkout.
private enum TestFile {
    static func checkout(_ name: String) -> String { Program.root.appending(path: name).path }
}
