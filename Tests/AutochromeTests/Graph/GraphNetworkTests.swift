import Autochrome
import Foundation
import Testing

/// Version 0.1's network as a graph, with the weights that are committed.
@Suite struct GraphNetworkTests {
    /// Constants with the values of stored tensors.
    private static func parameters(
        _ tensors: [String: StoredTensor]
    ) -> Parameters<GraphTensor> {
        Parameters { (name, _) throws(WeightsError) in
            guard let stored = tensors[name] else { throw .missing(file: name) }
            do throws(TensorError) {
                return try GraphTensor.values(stored.floats(), shape: stored.shape)
            } catch {
                throw .tensor(error)
            }
        }
    }

    private static func model() throws -> [UInt8] {
        let weights = try Weights(reading: try Weights.standardFile())
        let network = try ChromaNetwork(parameters(weights.tensors), .lite0).folded()
        let graph = Graph()
        let lightness = graph.input("lightness", ["N", 1, "H", "W"])
        let logits = try network(NetworkInput(lightness: lightness), mode: .evaluation)
        try graph.output("logits", logits, ["N", 261, "H / 4", "W / 4"])
        let ab = try network.colors(from: logits, vividness: 0.5)
        try graph.output("ab", ab, ["N", 2, "H / 4", "W / 4"])
        return try graph.serialized(GraphDescription(name: "ChromaNetwork"))
    }

    @Test func `logits and a*b* are those of the network the weights were trained in`() throws {
        let run = try GraphRunner(Self.model(), threads: 2)
        for name in ["noise", "photo"] {
            let (values, shape) = try Fixture.tensor(
                "\(name).lightness", in: ChromaNetworkTests.golden())
            let results = try run(["lightness": try GraphArray(values, shape: shape)])
            let ab = try Fixture.tensor("\(name).ab", in: ChromaNetworkTests.golden())
            #expect(results["ab"]?.shape == ab.shape)
            expectClose(try #require(results["ab"]).values, ab.values, within: 1e-3)
            guard name == "noise" else { continue }
            let logits = try Fixture.tensor("noise.logits", in: ChromaNetworkTests.golden())
            expectClose(try #require(results["logits"]).values, logits.values, within: 1e-3)
        }
    }

    @Test func `ChromaTransformer as a graph gives what it gives on libtorch`() throws {
        var stored: [String: StoredTensor] = [:]
        for (name, tensor) in try ChromaTransformerTests.tensors() {
            stored[name] = try StoredTensor(tensor)
        }
        let network = try ChromaTransformer(Self.parameters(stored), .lite0).folded()
        let graph = Graph()
        let input = NetworkInput(
            lightness: graph.input("lightness", ["N", 1, "H", "W"]),
            hints: graph.input("hints", ["N", 3, "H / 4", "W / 4"]),
            palette: graph.input("palette", ["N", 262]))
        let logits = try network(input, mode: .evaluation)
        try graph.output("logits", logits, ["N", 261, "H / 4", "W / 4"])
        try graph.output(
            "ab", network.colors(from: logits, vividness: 0.5), ["N", 2, "H / 4", "W / 4"])
        let run = try GraphRunner(
            graph.serialized(GraphDescription(name: "ChromaTransformer")), threads: 2)
        let whole = try ChromaTransformer<Tensor>(ChromaTransformerTests.tensors()).folded()
        for (height, width) in [(64, 64), (96, 32)] {
            let lightness = try GraphArray(shape: [1, 1, height, width]) {
                Float(($0[2] * 7 + $0[3] * 5) % 100)
            }
            let hints = try GraphArray(shape: [1, 3, height / 4, width / 4]) {
                $0[2] == 3 && $0[3] == 4 ? 0.5 : 0
            }
            let palette = try GraphArray(shape: [1, 262]) { $0[1] == 261 ? 1 : 1 / 261 }
            let results = try run([
                "lightness": lightness, "hints": hints, "palette": palette,
            ])
            let expected = try whole(
                NetworkInput(
                    lightness: Tensor.values(lightness.values, shape: lightness.shape),
                    hints: Tensor.values(hints.values, shape: hints.shape),
                    palette: Tensor.values(palette.values, shape: palette.shape)),
                mode: .evaluation)
            expectClose(
                try #require(results["logits"]).values, try expected.floats(), within: 1e-3)
            expectClose(
                try #require(results["ab"]).values,
                try whole.colors(from: expected, vividness: 0.5).floats(), within: 1e-2)
        }
    }

    @Test func `a result does not depend on what ran before`() throws {
        let run = try GraphRunner(Self.model(), threads: 2)
        let picture = try GraphArray(shape: [1, 1, 64, 96]) { Float($0[2] + $0[3]) / 2 }
        let other = try GraphArray(shape: [1, 1, 96, 32]) { Float($0[2]) }
        let first = try run(["lightness": picture])
        _ = try run(["lightness": other])
        #expect(try run(["lightness": picture]) == first)
        #expect(try GraphRunner(Self.model(), threads: 2)(["lightness": picture]) == first)
    }

    #if os(Linux)
        @Test func `memory does not grow with the number of shapes`() async {
            // In a process of its own, whose memory is its own.
            await #expect(processExitsWith: .success) {
                let run = try GraphRunner(Self.model(), threads: 1)
                var (numbers, early) = (SimpleNumbers(), 0)
                for count in 0..<120 {
                    let sides = (0..<2).map { _ in 66 + Int(32 * numbers.next()) }
                    let values = [Float](repeating: 50, count: sides[0] * sides[1])
                    _ = try run(["lightness": try GraphArray(values, shape: [1, 1] + sides)])
                    if count == 39 { early = try Self.memory() }
                }
                // 80 further shapes took 300 MB where what is prepared for each was kept.
                let late = try Self.memory()
                #expect(late < early + 60, "\(early) MB, then \(late)")
            }
        }

        /// What this process has in memory, in MB.
        private static func memory() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS") })
            return try #require(Int(line.filter(\.isNumber))) / 1024
        }
    #endif
}
