/// Our network: L* `[N, 1, H, W]`, 0...100, to a distribution over the cells of the a*b* plane at
/// every fourth pixel; H and W are multiples of 32.
package struct ChromaNetwork: Network {
    package static let name = "ChromaNetwork"

    private var encoder: ChromaEncoder
    private var decoder: ChromaDecoder
    private let head: Convolution
    /// How its logits become colours.
    package let readout: Readout

    package static func layout(tensors names: some Collection<String>) -> ChromaLayout {
        ChromaLayout(tensors: names)
    }

    package init(_ parameters: Parameters, _ layout: ChromaLayout) throws(WeightsError) {
        encoder = try ChromaEncoder(parameters["encoder"], layout)
        decoder = try ChromaDecoder(parameters["decoder"], layout)
        head = try Convolution(
            parameters["head"], from: layout.refined, to: ColorBins.count, kernel: 1, bias: true)
        readout = try Readout(parameters)
    }

    /// The logits of the rebalanced distribution, `[N, 261, H/4, W/4]`.
    package func callAsFunction(_ lightness: Tensor, mode: Mode) throws(TensorError) -> Tensor {
        // 0...255 less the mean and over the range that EfficientNet-Lite was trained with
        let x = try lightness.scaled(by: 2.55 / 128, plus: -127.0 / 128)
        return try head(decoder(encoder(x, mode: mode), mode: mode))
    }

    /// The logits of the picture seen at its size and at three quarters of it, averaged.
    ///
    /// Trained on small photographs, the network knows large things better when they are smaller:
    /// both together are right more often than either.
    func atTwoSizes(_ lightness: Tensor) throws(TensorError) -> Tensor {
        let whole = try self(lightness, mode: .evaluation)
        let sides = lightness.shape[2...].map { max(32, ($0 * 3 / 4 + 16) / 32 * 32) }
        let smaller = try self(
            lightness.resized(height: sides[0], width: sides[1]), mode: .evaluation)
        return try (whole + smaller.resized(height: whole.shape[2], width: whole.shape[3])) / 2
    }

    /// The same network, of whose encoder the stem and the first stages do not learn.
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
