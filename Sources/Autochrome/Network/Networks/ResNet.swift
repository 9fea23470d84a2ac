/// The article's network: L* `[N, 1, H, W]`, 0...100 as it is, to a*b* `[N, 2, H, W]`; H and W are
/// multiples of 4. 21,483,739 parameters.
package struct ResNet<Value: NetworkValue>: Network {
    package static var name: String { "ResNet" }
    package static var multiple: Int { 4 }
    package static var givesDistribution: Bool { false }
    package static var takesHints: Bool { false }
    package static var mark: String { "deconv2.weight" }

    private var blocks: [ResidualBlock<Value>] = []
    private let expansions: [TransposedConvolution<Value>]

    /// There is one size only.
    package static func layout(_ encoder: ChromaLayout) {}

    package init(_ parameters: Parameters<Value>, _ layout: Void = ()) throws(WeightsError) {
        // layer1 and layer2 halve the size, layer3 keeps it.
        blocks.append(
            try ResidualBlock(parameters["layer1"]["0"], from: 1, to: 128, stride: 2))
        blocks.append(
            try ResidualBlock(parameters["layer2"]["0"], from: 128, to: 256, stride: 2))
        for i in 0..<4 {
            blocks.append(
                try ResidualBlock(
                    parameters["layer3"]["\(i)"], from: i == 0 ? 256 : 512, to: 512, stride: 1))
        }
        expansions = [
            try TransposedConvolution(parameters["deconv1"], from: 512, to: 313),
            try TransposedConvolution(parameters["deconv2"], from: 313, to: 2),
        ]
    }

    package func features(
        of input: NetworkInput<Value>, mode: Mode
    ) throws(TensorError) -> Features<Value> {
        var x = input.lightness  // [N, 1, H, W]
        for block in blocks { x = try block(x, mode: mode) }  // [N, 512, H/4, W/4]
        return Features([x])
    }

    package func output(
        from features: Features<Value>, _ guidance: Guidance<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        var x = features.planes[0]
        for expansion in expansions { x = try expansion(x) }  // [N, 313, H/2, W/2], [N, 2, H, W]
        return x
    }

    /// The output itself.
    package func colors(
        from output: Value, vividness: Value
    ) throws(TensorError) -> Value { output }

    package func folded() throws(TensorError) -> ResNet<Value> {
        var network = self
        for i in blocks.indices { network.blocks[i] = try blocks[i].folded() }
        return network
    }
}
