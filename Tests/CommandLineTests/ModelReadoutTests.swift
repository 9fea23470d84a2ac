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
}
