import Autochrome
import Foundation
import Testing

@Suite struct ModelExportTests {
    private static func array(_ plane: Plane) throws -> NumberArray {
        try NumberArray(plane.values, shape: [1, 1, plane.height, plane.width])
    }

    private static func inputs(
        _ input: InputPlanes, of network: GraphNetworkTests.Network
    ) throws -> [String: NumberArray] {
        var inputs = [GraphPort.lightness: try array(input.lightness)]
        if network != .resNet {
            inputs[GraphPort.vividness] = try NumberArray([0.5], shape: [1])
        }
        if let hints = input.hints, let palette = input.palette {
            inputs[GraphPort.hints] = try NumberArray(
                hints.values, shape: [1, 3, hints.height, hints.width])
            inputs[GraphPort.palette] = try NumberArray(palette + [1], shape: [1, 262])
        }
        return inputs
    }

    @Test func `ONNX Runtime gives the program's a*b* at three sizes`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "export-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for network in GraphNetworkTests.Network.allCases {
            let weights = try network.weights()
            let engine = try ColorNetwork(weights, on: .cpu)
            var runs: [(inputs: [String: NumberArray], outputs: [String: NumberArray])] = []
            for (width, height) in [(64, 64), (160, 96), (32, 128)] {
                let plain = GraphNetworkTests.picture(width: width, height: height)
                let input =
                    network == .transformer
                    ? GraphNetworkTests.guided(width: width, height: height)
                    : InputPlanes(lightness: plain)
                let planes = try await engine.ab(for: input)
                let ab = try NumberArray(
                    planes.a.values + planes.b.values,
                    shape: [1, 2, planes.a.height, planes.a.width])
                runs.append((try Self.inputs(input, of: network), [GraphPort.ab: ab]))
            }
            try OnnxReaders.write(
                weights.onnx(.fp32), runs, within: 1e-3,
                to: folder.appending(path: network.rawValue))
        }
        #expect(try OnnxReaders.agree(folder).hasSuffix("3 of 3 agree\n"))
    }

    @Test func `fp16 halves the file and moves colours by less than 0.1`() throws {
        var weights = try Weights(reading: try Weights.standardFile())
        // The file's own are fp16 already: these are between its numbers.
        for (name, stored) in weights.tensors where name.hasSuffix("conv.weight") {
            weights.tensors[name] = StoredTensor(
                stored.floats().map { $0 * 1.0003 }, shape: stored.shape)
        }
        let files = (whole: try weights.onnx(.fp32), half: try weights.onnx(.fp16))
        #expect(Double(files.half.count) < 0.55 * Double(files.whole.count))
        let inputs = try Self.inputs(
            InputPlanes(lightness: ColorNetworkTests.plane("photo")), of: .chroma)
        let whole = try #require(GraphRunner(files.whole)(inputs)[GraphPort.ab]).values
        let half = try #require(GraphRunner(files.half)(inputs)[GraphPort.ab]).values
        let count = whole.count / 2
        let distances = (0..<count).map { place in
            hypot(whole[place] - half[place], whole[place + count] - half[place + count])
        }
        #expect(whole != half)
        // CIEDE2000 is at most 1.5 of it where chroma is low, and less elsewhere.
        #expect(1.5 * distances.reduce(0, +) / Float(count) < 0.1)
    }

    @Test func `a file tells its model, version, licence and units`() throws {
        var weights = try GraphNetworkTests.Network.transformer.weights()
        weights.metadata = ["name": "mine", "license_note": "free"]
        let text = String(decoding: try weights.onnx(.fp32), as: UTF8.self)
        for fact in ["mine", "license_note", "free", "working side", "L* (D65), 0 to 100"] {
            #expect(text.contains(fact), "\(fact)")
        }
    }
}
