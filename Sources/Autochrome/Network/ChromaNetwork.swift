/// Our network of version 0.1: L* `[N, 1, H, W]`, 0...100, to a distribution over the cells of the
/// a*b* plane at every fourth pixel; H and W are multiples of 32.
package struct ChromaNetwork: Network {
    package static let name = "ChromaNetwork"
    package static let multiple = 32
    package static let givesDistribution = true
    package static let takesHints = false
    package static let mark = "decoder.refine.conv.weight"

    private var encoder: ChromaEncoder
    private var decoder: ChromaDecoder
    private let head: Convolution
    private let readout: Readout

    package static func layout(_ encoder: ChromaLayout) -> ChromaLayout { encoder }

    package init(_ parameters: Parameters, _ layout: ChromaLayout) throws(WeightsError) {
        encoder = try ChromaEncoder(parameters["encoder"], layout)
        decoder = try ChromaDecoder(parameters["decoder"], layout)
        head = try Convolution(
            parameters["head"], from: layout.refined, to: ColorBins.count, kernel: 1, bias: true)
        readout = try Readout(parameters)
    }

    /// The logits of the rebalanced distribution, `[N, 261, H/4, W/4]`.
    package func callAsFunction(
        _ input: NetworkInput, mode: Mode
    ) throws(TensorError) -> Tensor {
        try head(decoder(encoder(input, mode: mode), mode: mode))
    }

    package func colors(
        from output: Tensor, vividness: Double?
    ) throws(TensorError) -> Tensor {
        try readout.ab(from: output, vividness: vividness ?? Readout.defaultVividness)
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
