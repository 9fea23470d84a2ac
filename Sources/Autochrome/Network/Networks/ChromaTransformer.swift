/// Our network of version 0.2: L*, colours that a person points at and a palette to a distribution
/// over the cells of the a*b* plane at every fourth pixel; H and W are multiples of 32.
///
/// `ChromaNetwork`'s encoder and decoder, with attention over the whole picture at stride 16 and
/// with hints at strides 4, 8 and 16. The encoder sees lightness alone, so its features can be kept
/// while hints change.
package struct ChromaTransformer<Value: NetworkValue>: Network {
    package static var name: String { "ChromaTransformer" }
    package static var multiple: Int { 32 }
    package static var givesDistribution: Bool { true }
    package static var takesHints: Bool { true }
    package static var mark: String { "neck.0.slope" }

    private var encoder: ChromaEncoder<Value>
    private var decoder: ChromaDecoder<Value>
    private let neck: [TransformerBlock<Value>]
    private let hints: HintPyramid<Value>
    /// `[C, 262]`
    private let palette: Value
    /// Channels at stride 16.
    private let width: Int
    private let head: Convolution<Value>
    private let readout: Readout<Value>

    package static func layout(_ encoder: ChromaLayout) -> ChromaLayout { encoder }

    package init(_ parameters: Parameters<Value>, _ layout: ChromaLayout) throws(WeightsError) {
        let width = layout.decoder
        self.width = width.stride16
        encoder = try ChromaEncoder(parameters["encoder"], layout)
        decoder = try ChromaDecoder(parameters["decoder"], layout)
        var neck: [TransformerBlock<Value>] = []
        for place in 0..<3 {
            neck.append(
                try TransformerBlock(
                    parameters["neck"]["\(place)"], width: width.stride16,
                    heads: width.stride16 / 32))
        }
        self.neck = neck
        hints = try HintPyramid(parameters["hints"], width)
        palette = try parameters["palette"].tensor(
            "weight", [width.stride16, ColorBins.count + 1])
        head = try Convolution(
            parameters["head"], from: layout.refined, to: ColorBins.count, kernel: 1, bias: true)
        readout = try Readout(parameters, hasGains: true)
    }

    package func features(
        of input: NetworkInput<Value>, mode: Mode
    ) throws(TensorError) -> Features<Value> {
        try encoder(input, mode: mode)
    }

    /// The logits of the rebalanced distribution, `[N, 261, H/4, W/4]`.
    package func output(
        from features: Features<Value>, _ guidance: Guidance<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        let levels: HintPyramid<Value>.Levels? =
            if let hints = guidance.hints { try self.hints.levels(of: hints) } else { nil }
        var x = try decoder.coarse(features, mode: mode)  // stride 16
        if let given = guidance.palette {
            x =
                try x
                + given.linear(weight: palette, bias: nil).reshaped(
                    to: [Value.free, width, 1, 1])
        }
        if let levels { x = try hints.adding(levels, to: x, level: 2) }
        let distances = try x.placeDistances()
        for block in neck { x = try block(x, distances: distances) }
        x = try decoder.enlarged(features.ordered(x), to: .stride8, features, mode: mode)
        if let levels {
            x = try hints.attending(to: levels, hints.adding(levels, to: x, level: 1))
        }
        x = try decoder.enlarged(x, to: .stride4, features, mode: mode)
        if let levels { x = try hints.adding(levels, to: x, level: 0) }
        return try head(decoder.refined(x, mode: mode))
    }

    package func colors(
        from output: Value, vividness: Value
    ) throws(TensorError) -> Value {
        try readout.ab(from: output, vividness: vividness)
    }

    package func frozen(stages count: Int) -> ChromaTransformer<Value> {
        var network = self
        network.encoder = encoder.frozen(stages: count)
        return network
    }

    package func folded() throws(TensorError) -> ChromaTransformer<Value> {
        var network = self
        network.encoder = try encoder.folded()
        network.decoder = try decoder.folded()
        return network
    }
}
