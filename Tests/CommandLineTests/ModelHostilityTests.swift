import Foundation
import Testing

/// Files of weights that mean no good.
@Suite struct ModelHostilityTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A safetensors file of one number, with these metadata.
    private func write(_ metadata: [String: String], tensor: String, as name: String) throws {
        let header: [String: Any] = [
            "__metadata__": metadata,
            tensor: ["dtype": "F32", "shape": [1], "data_offsets": [0, 4]],
        ]
        let json = try JSONSerialization.data(withJSONObject: header)
        let length = withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) }
        try scratch.write(length + json + Data(count: 4), as: name)
    }

    @Test("What belongs to no network is named, and nothing is written of it")
    func noNetwork() throws {
        try write([:], tensor: "a", as: "a.safetensors")
        let result = try Program.run(
            "model", "convert", "a.safetensors", "b.safetensors", "--precision", "fp32",
            in: scratch.url)
        #expect(result.status == 1)
        #expect(
            result.error.contains(
                "a.safetensors: not the weights of ChromaTransformer or ChromaNetwork or ResNet"),
            "\(result.error)")
        #expect(try scratch.files() == ["a.safetensors"])
    }

    @Test("Metadata are told without their control characters")
    func controlCharacters() throws {
        try write(
            ["note": "\u{1B}[2Jred", "\u{7}bell": "1"], tensor: "deconv2.weight",
            as: "a.safetensors")
        let result = try Program.run("model", "info", "a.safetensors", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.contains(#"\u{1B}[2Jred"#) && result.output.contains(#"\u{7}bell"#))
        #expect(!result.output.contains("\u{1B}") && !result.output.contains("\u{7}"))
    }
}
