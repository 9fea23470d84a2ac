/// A network on OpenVINO, its parts compiled apart.
final class GraphEngine: ColorEngine {
    static var library: EngineLibrary { .openVINO }

    private let model: ColorModel<GraphTensor>
    private let encoder: GraphRunner
    /// The channels of each feature, which tell the decoder's inputs.
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
    /// - Throws: `WeightsError`, also where OpenVINO is missing.
    init(_ weights: Weights) throws(WeightsError) {
        let model = try ColorModel<GraphTensor>(weights)
        let givesDistribution = type(of: model.network).givesDistribution
        self.model = model
        (features, encoder, decoder, average, readout, secondLook) = try WeightsError.wrapping {
            () throws(TensorError) in
            let (file, features) = try model.encoderGraph()
            let encoder = try GraphRunner(file)
            let decoder = try GraphRunner(model.decoderGraph(features, hinted: false))
            let readout = givesDistribution ? try GraphRunner(model.readoutGraph()) : nil
            guard model.looks == 2 else {
                return (features, encoder, decoder, nil, readout, nil)
            }
            let second = GraphEngine(
                model, features, encoder: try encoder.twin(), decoder: try decoder.twin())
            return (
                features, encoder, decoder, try GraphRunner(model.averageGraph()), readout, second
            )
        }
    }

    /// What computes a second look.
    private init(
        _ model: ColorModel<GraphTensor>, _ features: [[GraphSize]], encoder: GraphRunner,
        decoder: GraphRunner
    ) {
        (self.model, self.features, self.encoder, self.decoder) = (
            model, features, encoder, decoder
        )
        (average, readout, secondLook) = (nil, nil, nil)
    }

    var network: any Network.Type { type(of: model.network) }

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
        let compiled = try GraphRunner(model.decoderGraph(features, hinted: true))
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
