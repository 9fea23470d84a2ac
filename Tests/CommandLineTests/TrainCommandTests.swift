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
        #expect(next.error.contains("Goes on after step \(last) of \(last + 1)."), "\(next.error)")
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
        #expect(next.error.contains("does not say at which step it was written"), "\(next.error)")
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
            second.error.contains("run: another training is at work in this folder."),
            "\(second.error)")
    }

    @Test func `a run folder that cannot be made is told with the reason`() throws {
        let scratch = try TrainingScratch()
        let result = try scratch.train(run: "recipe.yaml/run")
        #expect(result.status == 1)
        #expect(
            result.error.contains("the folder cannot be made: Not a directory."),
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
        #expect(text.contains("Another process of this training is gone"), "\(text)")
        let next = try scratch.train(run: "run", "--steps", "6")
        #expect(next.status == 0 && next.error.contains("Goes on after step"), "\(next.error)")
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
            (["--data", scratch.scratch.path("empty")], "there are no photographs in it."),
            (["--data", scratch.scratch.path("none")], "no such folder"),
            (["--batch-size", "13"], "do not make a batch of 13"),
            (["--size", "32", "--batch-size", "1"], "leaves one; give a larger --batch-size"),
            (["--size", "50"], "--size must be a multiple of 32"),
            (["--init", scratch.scratch.path("recipe.yaml")], "not a whole safetensors file"),
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
            result.error.contains("this run was begun with batch size 4, now batch size is 2"),
            "\(result.error)")
    }
}

/// Files of the checkout.
private enum TestFile {
    static func checkout(_ name: String) -> String { Program.root.appending(path: name).path }
}
