import Autochrome
import Foundation
import Testing

/// The networks on OpenVINO beside libtorch.
@Suite struct GraphNetworkTests {
    /// A network's weights, and a picture that it takes.
    enum Network: String, CaseIterable {
        case chroma, transformer, resNet

        func weights() throws -> Weights {
            switch self {
            case .chroma: try Weights(reading: try Weights.standardFile())
            case .transformer: try stored(ChromaTransformerTests.tensors())
            case .resNet: try stored(ResNetTests.tensors())
            }
        }

        private func stored(_ tensors: [String: Tensor]) throws -> Weights {
            try Weights(file: rawValue, tensors: tensors.mapValues { try StoredTensor($0) })
        }
    }

    static func picture(width: Int, height: Int) -> Plane {
        Plane(
            width: width, height: height,
            values: (0..<width * height).map { place in
                let (x, y) = (place % width, place / width)
                return 50 + 40 * sin(Float(x) / 9) * cos(Float(y) / 7)
            })
    }

    /// One hint and a palette of one cell.
    static func guided(width: Int, height: Int) -> InputPlanes {
        var share = Plane(width: width, height: height)
        for y in 12..<20 {
            for x in 20..<28 { share.values[y * width + x] = 1 }
        }
        let hints = HintPlane(
            share: share, a: Plane(width: width, height: height, repeating: 40),
            b: Plane(width: width, height: height, repeating: -30), pictureWidth: width,
            pictureHeight: height)
        var palette = [Float](repeating: 0, count: ColorBins.count)
        palette[7] = 1
        return InputPlanes(
            lightness: picture(width: width, height: height), hints: hints, palette: palette)
    }

    @Test(arguments: Network.allCases, [(64, 64), (96, 32), (160, 128)])
    func `outputs and a*b* are libtorch's`(network: Network, size: (Int, Int)) async throws {
        let weights = try network.weights()
        let graph = try ColorNetwork(weights, on: .cpu, precision: .float32, with: .openVINO)
        let tensor = try ColorNetwork(weights, on: .cpu, precision: .float32, with: .libtorch)
        #expect(graph.library == .openVINO && tensor.library == .libtorch)
        var inputs = [
            InputPlanes(lightness: Self.picture(width: size.0, height: size.1))
        ]
        if network == .transformer { inputs.append(Self.guided(width: size.0, height: size.1)) }
        for input in inputs {
            let (a, b) = (
                try await graph.prediction(for: input), try await tensor.prediction(for: input)
            )
            #expect(a.width == b.width && a.height == b.height)
            expectClose(a.floats, b.floats, within: 1e-3)
            for vividness in network == .resNet ? [Double?.none] : [nil, 0, 1] {
                let (a, b) = (
                    try await graph.ab(for: input, vividness: vividness),
                    try await tensor.ab(for: input, vividness: vividness)
                )
                // The weights by a formula have colours up to 100.
                expectClose(a.a.values + a.b.values, b.a.values + b.b.values, within: 1e-2)
            }
        }
    }

    @Test func `a picture's encoding gives the predictions that the picture gives`() async throws {
        let network = try ColorNetwork(Network.transformer.weights(), on: .cpu, precision: .float32)
        let input = Self.guided(width: 96, height: 64)
        let encoding = try await network.encoding(of: input.lightness)
        let whole = try await network.prediction(for: input)
        let later = try await network.prediction(
            from: encoding, hints: input.hints, palette: input.palette)
        #expect(later.floats == whole.floats)
        let plain = try await network.prediction(from: encoding)
        let none = HintPlane(pictureWidth: 96, pictureHeight: 64)
        let empty = try await network.prediction(from: encoding, hints: none)
        expectClose(empty.floats, plain.floats, within: 1e-4)
    }

    @Test func `bfloat16 changes the decoder alone, and colours little`() async throws {
        let weights = try Network.chroma.weights()
        let whole = try ColorNetwork(weights, on: .cpu, precision: .float32)
        let fast = try ColorNetwork(weights, on: .cpu, precision: .automatic)
        let picture = Self.picture(width: 160, height: 128)
        let (a, b) = (
            try await whole.ab(for: .init(lightness: picture)),
            try await fast.ab(for: .init(lightness: picture))
        )
        let differences = zip(a.a.values + a.b.values, b.a.values + b.b.values).map { abs($0 - $1) }
        #expect(differences.reduce(0, +) / Float(differences.count) < 0.2)
        let encodings = (
            try await whole.encoding(of: picture), try await fast.encoding(of: picture)
        )
        #expect(encodings.0 == encodings.1)
        #if os(Linux)
            let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            #expect((a != b) == processor.contains("avx512_bf16"))
        #endif
    }

    @Test func `a result does not depend on what ran before`() async throws {
        let weights = try Network.chroma.weights()
        let network = try ColorNetwork(weights, on: .cpu, precision: .float32, with: .openVINO)
        let picture = InputPlanes(lightness: Self.picture(width: 96, height: 64))
        let first = try await network.ab(for: picture)
        _ = try await network.ab(for: .init(lightness: Self.picture(width: 32, height: 96)))
        #expect(try await network.ab(for: picture) == first)
        let other = try ColorNetwork(weights, on: .cpu, precision: .float32, with: .openVINO)
        #expect(try await other.ab(for: picture) == first)
    }

    #if os(Linux)
        @Test func `memory does not grow with the number of shapes`() async {
            // In a process of its own, whose memory is its own.
            await #expect(processExitsWith: .success) {
                let weights = try Weights(reading: try Weights.standardFile())
                let run = try GraphRunner(weights.onnx(.fp32), threads: 1)
                var (numbers, early) = (SimpleNumbers(), 0)
                for count in 0..<120 {
                    let sides = (0..<2).map { _ in 66 + Int(32 * numbers.next()) }
                    let values = [Float](repeating: 50, count: sides[0] * sides[1])
                    _ = try run([
                        GraphPort.lightness: NumberArray(values, shape: [1, 1] + sides),
                        GraphPort.vividness: NumberArray([0.5], shape: [1]),
                    ])
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
