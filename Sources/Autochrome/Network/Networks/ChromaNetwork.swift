/// Our network of version 0.1: L* `[N, 1, H, W]`, 0...100, to a distribution over the cells of the
/// a*b* plane at every fourth pixel; H and W are multiples of 32.
package struct ChromaNetwork<Value: NetworkValue>: Network {
    package static var name: String { "ChromaNetwork" }
    package static var multiple: Int { 32 }
    package static var givesDistribution: Bool { true }
    package static var takesHints: Bool { false }
    package static var mark: String { "decoder.refine.conv.weight" }

    private var encoder: ChromaEncoder<Value>
    private var decoder: ChromaDecoder<Value>
    private let head: Convolution<Value>
    private let readout: Readout<Value>

    package static func layout(_ encoder: ChromaLayout) -> ChromaLayout { encoder }

    package init(_ parameters: Parameters<Value>, _ layout: ChromaLayout) throws(WeightsError) {
        encoder = try ChromaEncoder(parameters["encoder"], layout)
        decoder = try ChromaDecoder(parameters["decoder"], layout)
        head = try Convolution(
            parameters["head"], from: layout.refined, to: ColorBins.count, kernel: 1, bias: true)
        readout = try Readout(parameters)
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
        try head(decoder(features, mode: mode))
    }

    package func colors(
        from output: Value, vividness: Value
    ) throws(TensorError) -> Value {
        try readout.ab(from: output, vividness: vividness)
    }

    package func frozen(stages count: Int) -> ChromaNetwork {
        var network = self
        network.encoder = encoder.frozen(stages: count)
        return network
    }

    package func folded() throws(TensorError) -> ChromaNetwork {
        var network = self
        network.encoder = try encoder.folded()
        network.decoder = try decoder.folded()
        return network
    }
}
