/// A network on OpenVINO, its parts compiled apart.
final class GraphEngine: ColorEngine {
    static var library: EngineLibrary { .openVINO }

    let network: any Network.Type
    /// Precision of the decoder.
    private let decoding: GraphRunner.Arithmetic
    /// For what is compiled later; nil for a network that takes no hints.
    private let weights: Weights?
    private let encoder: GraphRunner
    /// The sizes of each feature, which are those of the decoder's inputs.
    private let features: [[GraphSize]]
    private let decoder: GraphRunner
    /// Compiled with the first hints: attention to them costs, so that without it is left out.
    private var hintedDecoder: GraphRunner?
    private let average: GraphRunner?
    private let readout: GraphRunner?
    /// The same graphs with results of their own.
    let secondLook: GraphEngine?

    /// The network of these weights.
    ///
    /// The encoder stays in float32: in bfloat16 it moves colours by 0.18 in CIEDE2000, the decoder
    /// by 0.04 (Runs/LOG.md).
    ///
    /// - Throws: `WeightsError`, also where OpenVINO is missing.
    init(_ weights: Weights, precision: ComputingPrecision) throws(WeightsError) {
        let decoding = precision == .automatic ? GraphRunner.Arithmetic.fast : .float32
        self.decoding = decoding
        let model = try ColorModel<GraphTensor>(weights)
        let network = type(of: model.network)
        self.network = network
        self.weights = network.takesHints ? weights : nil
        (features, encoder, decoder, average, readout, secondLook) = try WeightsError.wrapping {
            () throws(TensorError) in
            let (encoder, features) = try model.encoderGraph()
            let decoder = try model.decoderGraph(features, hinted: false)
            let average = model.looks == 2 ? try model.averageGraph() : nil
            let readout = network.givesDistribution ? try model.readoutGraph() : nil
            let others = [average, readout].compactMap(\.self).map {
                ($0, GraphRunner.Arithmetic.float32)
            }
            let parts = try GraphRunner.compiling(
                [(encoder, .float32), (decoder, decoding)] + others)
            let second =
                average == nil
                ? nil
                : GraphEngine(
                    network, features, decoding, encoder: try parts[0].twin(),
                    decoder: try parts[1].twin())
            return (
                features, parts[0], parts[1], average == nil ? nil : parts[2],
                readout == nil ? nil : parts.last, second
            )
        }
    }

    /// Engine for a second look.
    private init(
        _ network: any Network.Type, _ features: [[GraphSize]],
        _ decoding: GraphRunner.Arithmetic, encoder: GraphRunner, decoder: GraphRunner
    ) {
        (self.network, self.features, self.decoding) = (network, features, decoding)
        (self.encoder, self.decoder) = (encoder, decoder)
        (weights, average, readout, secondLook) = (nil, nil, nil, nil)
    }

    func value(_ floats: [Float], shape: [Int]) throws(TensorError) -> GraphBuffer {
        try GraphBuffer(floats, shape: shape)
    }

    func array(_ value: GraphBuffer) throws(TensorError) -> NumberArray {
        try NumberArray(value.values(), shape: value.shape)
    }

    func features(of lightness: GraphBuffer) throws(TensorError) -> [GraphBuffer] {
        let results = try encoder([GraphPort.lightness: lightness])
        return features.indices.compactMap { results[GraphPort.feature($0)] }
    }

    func output(
        from features: [GraphBuffer], hints: GraphBuffer?, palette: GraphBuffer?
    ) throws(TensorError) -> GraphBuffer {
        var inputs: [String: GraphBuffer] = [:]
        for (place, feature) in features.enumerated() {
            inputs[GraphPort.feature(place)] = feature
        }
        if network.takesHints {
            let count = ColorBins.count + 1
            inputs[GraphPort.palette] =
                if let palette { palette } else {
                    try GraphBuffer([Float](repeating: 0, count: count), shape: [1, count])
                }
        }
        inputs[GraphPort.hints] = hints
        let run = hints == nil ? decoder : try guided()
        return try run(inputs)[GraphPort.output].unwrapped(GraphPort.output)
    }

    func averaged(
        _ first: GraphBuffer, _ second: GraphBuffer
    ) throws(TensorError) -> GraphBuffer {
        let results = try average.unwrapped("average")([
            GraphPort.first: first, GraphPort.second: second,
        ])
        return try results[GraphPort.output].unwrapped(GraphPort.output)
    }

    func colors(from logits: GraphBuffer, vividness: Double) throws(TensorError) -> GraphBuffer {
        let results = try readout.unwrapped("read-out")([
            GraphPort.output: logits,
            GraphPort.vividness: GraphBuffer([Float(vividness)], shape: [1]),
        ])
        return try results[GraphPort.ab].unwrapped(GraphPort.ab)
    }

    private func guided() throws(TensorError) -> GraphRunner {
        if let hintedDecoder { return hintedDecoder }
        let weights = try weights.unwrapped("weights")
        let model: ColorModel<GraphTensor>
        do throws(WeightsError) {
            model = try ColorModel(weights)
        } catch {
            throw .refused(reason: "\(error)")
        }
        let compiled = try GraphRunner(
            model.decoderGraph(features, hinted: true), arithmetic: decoding)
        hintedDecoder = compiled
        return compiled
    }
}

extension Optional {
    /// The value, which a graph of ours gives.
    fileprivate func unwrapped(_ name: String) throws(TensorError) -> Wrapped {
        if let self { return self }
        throw .invalid(operation: "running a network", shapes: [], reason: "it has no \(name)")
    }
}
