import Autochrome
import Foundation
import Testing

@Suite struct ModelReadoutTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(
        "Numbers that would make a model of nothing are refused",
        arguments: [
            ("--rebalancing", "inf"), ("--rebalancing", "11"), ("--gain", "nan"),
            ("--gain", "inf"), ("--gain", "0"), ("--sharpness", "inf"), ("--sharpness", "1e30"),
        ])
    func refused(option: String, value: String) throws {
        let model = Program.root.appending(path: "Models/autochrome.safetensors").path
        let result = try Program.run(
            "model", "readout", model, "out.safetensors", option, value, in: scratch.url)
        #expect(result.status == 64)
        #expect(result.error.contains("\(option) is "), "\(result.error)")
        #expect(try scratch.files().isEmpty)
    }

    /// A copy of the supplied model with these facts beside its own.
    private func write(_ facts: [String: String], as name: String) throws {
        var weights = try Weights(
            reading: Program.root.appending(path: "Models/autochrome.safetensors").path)
        weights.metadata.merge(facts) { $1 }
        try weights.write(to: scratch.path(name))
    }

    @Test("A read-out's file tells its numbers, and no precision that it has not")
    func facts() throws {
        try write(["readout": "old"], as: "a.safetensors")
        let result = try Program.run(
            "model", "readout", "a.safetensors", "b.safetensors", "--gain", "2", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        let made = try Weights(reading: scratch.path("b.safetensors"))
        #expect(
            made.metadata["readout"]
                == "of a.safetensors: rebalancing 1.0, gain 2.0, sharpness 1.0")
        #expect(made.precision == nil && made.metadata["precision"] == nil)
    }

    @Test("An average tells what it is made of, both's terms, and no loss")
    func averaged() throws {
        try write(["license_note": "mine", "loss": "1"], as: "a.safetensors")
        try write(["loss": "2", "evaluation loss": "3", "steps": "4"], as: "b.safetensors")
        let result = try Program.run(
            "model", "average", "a.safetensors", "b.safetensors", "c.safetensors", "--share", "0.8",
            in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        let (before, made) = (
            try Weights(reading: scratch.path("b.safetensors")).metadata,
            try Weights(reading: scratch.path("c.safetensors")).metadata
        )
        #expect(made["averaged"] == "0.8 of b.safetensors, the rest of a.safetensors")
        #expect(made["license_note"] == "mine; \(before["license_note"] ?? "none")")
        #expect(made["training_data"] == before["training_data"])
        #expect(made["precision"] == "float32")
        for fact in ["loss", "evaluation loss", "steps"] { #expect(made[fact] == nil, "\(fact)") }
    }
}
