import Autochrome
import Foundation
import Testing

@Suite struct WeightsTests {
    /// A file of two tensors: `a`, float32 `[2]`, and `b`, fp16 `[1]`, ten bytes together.
    static func file(
        header: String = """
        {"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
        "b":{"dtype":"F16","shape":[1],"data_offsets":[8,10]}}
        """,
        length: UInt64? = nil, bytes: Int = 10
    ) -> Data {
        let count = length ?? UInt64(header.utf8.count)
        return withUnsafeBytes(of: count.littleEndian) { Data($0) } + Data(header.utf8)
            + Data([0, 0, 128, 63, 0, 0, 0, 64, 0, 0x3E].prefix(bytes))
            + Data(count: max(0, bytes - 10))
    }

    @Test func `a whole file gives its tensors and facts`() async throws {
        try await Fixture.withFolder { folder in
            let path = folder + "/whole.safetensors"
            try Self.file().write(to: URL(fileURLWithPath: path))
            let weights = try Weights(reading: path)
            #expect(weights.metadata == ["k": "v"])
            #expect(weights.tensors["a"]?.floats() == [1, 2])
            #expect(weights.tensors["b"]?.floats() == [1.5])
            #expect(weights.tensors["b"]?.scalarType == .float16)
        }
    }

    static func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
        #"{"a":{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
    }

    /// What is wrong, the file, and words the error must have.
    static let damaged: [(String, Data, [String])] = [
        ("empty", Data(), ["truncated", "8 bytes expected", "0 found"]),
        ("shorter than its tensors", file().dropLast(3), ["truncated", "bytes expected"]),
        ("shorter than its header", file().prefix(40), ["truncated", "40 found"]),
        (
            "a picture", Data([0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 7, count: 90)),
            ["not a valid safetensors file", "bytes long"]
        ),
        ("an absurd length", file(length: .max), ["18446744073709551615 bytes long"]),
        ("no JSON", file(header: "{this is not json"), ["not the JSON"]),
        ("JSON of another kind", file(header: "[1,2,3]"), ["not the JSON"]),
        ("an unknown type", file(header: entry("F8_E4M3", "[10]", "[0,10]")), ["F8_E4M3"]),
        (
            "a shape of other size", file(header: entry("F32", "[3]", "[0,10]")),
            ["[3]", "10 bytes"]
        ),
        ("a negative size", file(header: entry("F32", "[-1]", "[0,10]")), ["[-1]"]),
        (
            "a size beyond numbers",
            file(header: entry("F32", "[4611686018427387904,16]", "[0,10]")), ["tensor a"]
        ),
        ("offsets backwards", file(header: entry("F32", "[1]", "[10,6]")), ["[10, 6]"]),
        ("one offset", file(header: entry("F32", "[1]", "[4]")), ["[4]"]),
        (
            "offsets beyond the file", file(header: entry("F32", "[250]", "[0,1000]")),
            ["truncated"]
        ),
        (
            "overlapping tensors",
            file(
                header: """
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
                    "b":{"dtype":"F32","shape":[1],"data_offsets":[6,10]}}
                    """), ["begins at 6", "ends at 8"]
        ),
        ("a gap", file(header: entry("F32", "[2]", "[2,10]")), ["begins at 2"]),
        ("bytes after the end", file(bytes: 17), ["7 bytes follow"]),
    ]

    @Test(arguments: damaged)
    func `a damaged file is a sentence`(what: String, content: Data, words: [String]) async throws {
        try await Fixture.withFolder { folder in
            let path = folder + "/damaged.safetensors"
            try content.write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: WeightsError.self) { try Weights(reading: path) }
            let text = try #require(error).description
            #expect(text.hasPrefix(path + ": "))
            for word in words { #expect(text.contains(word), "\(what): \(text)") }
        }
    }

    @Test func `a missing file and a folder are sentences`() async throws {
        try await Fixture.withFolder { folder in
            let missing = #expect(throws: WeightsError.self) {
                try Weights(reading: folder + "/none.safetensors")
            }
            #expect(missing == .missing(file: folder + "/none.safetensors"))
            let error = #expect(throws: WeightsError.self) { try Weights(reading: folder) }
            #expect(error?.description.contains("cannot be read") == true)
        }
    }

    @Test func `a device is refused, and a file that shrinks keeps what was read of it`()
        async throws
    {
        let error = #expect(throws: WeightsError.self) { try Weights(reading: "/dev/zero") }
        #expect(error == .unreadable(file: "/dev/zero", reason: "it is not a regular file"))
        try await Fixture.withFolder { folder in
            let url = URL(fileURLWithPath: folder + "/shrinking.safetensors")
            try Self.file().write(to: url)
            let weights = try Weights(reading: url.path)
            try FileHandle(forWritingTo: url).truncate(atOffset: 0)
            #expect(weights.tensors["a"]?.floats() == [1, 2])
        }
    }

    @Test func `what a file says of itself does not command the terminal`() {
        let error = WeightsError.unsupportedType(
            file: "x", tensor: "a\u{7}", type: "F32\0\u{1B}[2J\nö")
        #expect(error.description.hasPrefix(#"x: tensor a\u{7} is of type F32\u{0}\u{1B}[2J"#))
        #expect(error.description.contains("\nö; expected"))
    }

    @Test func `what is written is read back the same`() async throws {
        try await Fixture.withFolder { folder in
            let path = folder + "/written.safetensors"
            var weights = Weights(
                file: path,
                tensors: [
                    "z": StoredTensor([1, 2, 3, 4, 5, 6], shape: [2, 3]),
                    "scalar": StoredTensor([7], shape: []),
                    "none": StoredTensor([], shape: [0, 4]),
                ], metadata: ["network": "ResNet", "note": "\"quoted\" \u{1F308}"])
            weights.tensors["half"] = try StoredTensor(
                Tensor.values([0.5, -2], shape: [2]).converted(to: .float16))
            try weights.write(to: path)
            #expect(try Weights(reading: path) == weights)
            // Over itself.
            try Weights(reading: path).write(to: path)
            #expect(try Weights(reading: path) == weights)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        }
    }

    @Test func `what cannot be written is a sentence and leaves nothing`() async throws {
        let weights = Weights(file: "", tensors: ["a": StoredTensor([1], shape: [1])])
        let full = #expect(throws: WeightsError.self) {
            try weights.write(to: "/nowhere/at/all.safetensors")
        }
        let text = try #require(full).description
        #expect(
            text == "/nowhere/at/all.safetensors: cannot be written: No such file or directory.")
        try await Fixture.withFolder { folder in
            let taken = folder + "/folder.safetensors"
            try FileManager.default.createDirectory(
                atPath: taken, withIntermediateDirectories: true)
            // It is written whole, and then cannot have its name.
            let error = #expect(throws: WeightsError.self) { try weights.write(to: taken) }
            #expect(
                error
                    == .unwritable(file: taken, reason: "cannot be written: Is a directory"))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left == ["folder.safetensors"])
        }
    }

    @Test func `another network's weights say which names were expected and found`() throws {
        let standard = try Weights(reading: try Weights.standardFile())
        let error = #expect(throws: WeightsError.self) { try ResNet<Tensor>(standard) }
        let text = try #require(error).description
        #expect(text.contains("not the weights of ResNet; it lacks deconv1.bias"), "\(text)")
        #expect(text.contains("; it has color_bins"), "\(text)")
        let unknown = Weights(file: "x", tensors: ["conv1": StoredTensor([1], shape: [1])])
        #expect(throws: WeightsError.self) { try NetworkKind(of: unknown) }
    }

    @Test func `a tensor of another shape is named with both shapes`() throws {
        var weights = try Weights(reading: try Weights.standardFile())
        weights.tensors["head.bias"] = StoredTensor([1, 2, 3], shape: [3])
        let error = #expect(throws: WeightsError.self) { try ChromaNetwork<Tensor>(weights) }
        #expect(
            error
                == .wrongShape(
                    file: weights.file, tensor: "head.bias", expected: [261], found: [3]))
    }

    @Test func `every half has the value that Swift gives it`() {
        let bits = (0...UInt16.max).map(\.self)
        let stored = bits.withUnsafeBytes { bytes in
            StoredTensor(halves: Array(bytes), shape: [bits.count])
        }
        for (value, bits) in zip(stored.floats(), bits) {
            let expected = Float(Float16(bitPattern: bits))
            #expect(value == expected || (value.isNaN && expected.isNaN), "\(bits)")
        }
    }
}
