/// The names of what enters the graphs of a network's parts and comes out of them.
package enum GraphPort {
    /// L* `[N, 1, H, W]`, 0...100.
    package static let lightness = "lightness"
    /// Hints `[N, 3, H/4, W/4]`, as `Guidance` has them.
    package static let hints = "hints"
    /// A palette `[N, 262]`, as `Guidance` has it.
    package static let palette = "palette"
    /// One number, 0...1.
    package static let vividness = "vividness"
    /// Logits or a*b*, as the decoder gives them.
    package static let output = "output"
    /// a*b* `[N, 2, h, w]`.
    package static let ab = "ab"

    /// The decoder's outputs of two looks.
    static let (first, second) = ("first", "second")

    static func feature(_ place: Int) -> String { "feature \(place)" }
}

// The network's parts as graphs, each a file of ONNX.
extension ColorModel<GraphTensor> {
    /// The encoder, and the sizes of each of its features.
    func encoderGraph() throws(TensorError) -> (file: [UInt8], features: [[GraphSize]]) {
        let graph = Graph()
        let lightness = graph.input(GraphPort.lightness, ["N", 1, "H", "W"])
        var sizes: [[GraphSize]] = []
        for (place, plane) in try features(of: lightness).enumerated() {
            let size = plane.shape.enumerated().map { dimension, count in
                count < 0 ? GraphSize.free("size \(dimension) of \(place)") : .fixed(count)
            }
            try graph.output(GraphPort.feature(place), plane, size)
            sizes.append(size)
        }
        return (try graph.serialized(description("encoder")), sizes)
    }

    /// The decoder, with hints or without.
    func decoderGraph(
        _ features: [[GraphSize]], hinted: Bool
    ) throws(TensorError) -> [UInt8] {
        let graph = Graph()
        let planes = features.enumerated().map { graph.input(GraphPort.feature($0), $1) }
        let output = try output(
            from: planes, graph.guidance(of: type(of: network), hinted: hinted))
        try graph.output(GraphPort.output, output, output.sizes)
        return try graph.serialized(description("decoder"))
    }

    /// The average of two looks.
    func averageGraph() throws(TensorError) -> [UInt8] {
        let graph = Graph()
        let channels = type(of: network).givesDistribution ? ColorBins.count : 2
        let average = try averaged(
            graph.input(GraphPort.first, ["N", .fixed(channels), "h", "w"]),
            graph.input(GraphPort.second, ["N", .fixed(channels), "smaller h", "smaller w"]))
        try graph.output(GraphPort.output, average, average.sizes)
        return try graph.serialized(description("average"))
    }

    /// The read-out of a distribution.
    func readoutGraph() throws(TensorError) -> [UInt8] {
        let graph = Graph()
        let logits = graph.input(GraphPort.output, ["N", .fixed(ColorBins.count), "h", "w"])
        let ab = try colors(
            from: logits, vividness: graph.input(GraphPort.vividness, [1]))
        try graph.output(GraphPort.ab, ab, ab.sizes)
        return try graph.serialized(description("read-out"))
    }

    private func description(_ part: String) -> GraphDescription {
        GraphDescription(name: "\(type(of: network).name), \(part)")
    }
}

extension Graph {
    /// Inputs for hints and a palette, for a network that takes them.
    func guidance(of network: any Network.Type, hinted: Bool) -> Guidance<GraphTensor> {
        guard network.takesHints else { return Guidance() }
        return Guidance(
            hints: hinted ? input(GraphPort.hints, ["N", 3, "H / 4", "W / 4"]) : nil,
            palette: input(GraphPort.palette, ["N", .fixed(ColorBins.count + 1)]))
    }
}

extension GraphTensor {
    /// Its shape, free sizes named by their places.
    package var sizes: [GraphSize] {
        shape.enumerated().map { $1 < 0 ? .free("size \($0)") : .fixed($1) }
    }
}
