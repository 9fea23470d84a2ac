/// EfficientNet-Lite (Tan and Le, 2019; Lite: no squeeze-and-excitation, ReLU6) without its head,
/// fed lightness.
package struct ChromaEncoder<Value: NetworkValue> {
    private var stem: ConvolutionUnit<Value>
    private var stages: [[InvertedResidual<Value>]]
    /// Number of frozen first stages, together with the stem.
    private var frozenStages = 0

    /// The encoder of these tensors.
    ///
    /// - Parameters:
    ///   - parameters: its tensors.
    ///   - layout: its sizes.
    ///   - channels: of the picture: 1, or 3 as on ImageNet.
    /// - Throws: what the source of the parameters throws.
    package init(
        _ parameters: Parameters<Value>, _ layout: ChromaLayout, channels: Int = 1
    ) throws(WeightsError) {
        stem = try Self.unit(
            parameters["stem"], from: channels, to: 32, kernel: 3, stride: 2, .relu6)
        stages = []
        var (place, inputs) = (0, 32)
        for stage in layout.stages {
            var blocks: [InvertedResidual<Value>] = []
            for i in 0..<stage.blocks {
                blocks.append(
                    try InvertedResidual(
                        parameters["blocks"]["\(place)"],
                        .init(
                            kernel: stage.kernel, stride: i == 0 ? stage.stride : 1,
                            inputs: inputs, outputs: stage.outputs, expansion: place == 0 ? 1 : 6)
                    ))
                (place, inputs) = (place + 1, stage.outputs)
            }
            stages.append(blocks)
        }
    }

    /// L*, 0...100, as 0...255 less the mean and over the range that EfficientNet-Lite was trained
    /// with.
    static func normalized(_ lightness: Value) throws(TensorError) -> Value {
        try lightness.scaled(by: 2.55 / 128, plus: -127.0 / 128)
    }

    /// The features of an input's lightness.
    func callAsFunction(
        _ input: NetworkInput<Value>, mode: Mode
    ) throws(TensorError) -> Features<Value> {
        let x = try Self.normalized(input.lightness)
        return try self(x, mode: mode, isChannelsLast: input.isChannelsLast)
    }

    /// The features of `x`, `[N, channels, H, W]`, at strides 4, 8, 16 and 32.
    package func callAsFunction(
        _ x: Value, mode: Mode, isChannelsLast: Bool = false
    ) throws(TensorError) -> Features<Value> {
        var outputs: [Value] = []
        if frozenStages > 0 {
            // Folded again each time: a checkpoint may have been read since.
            outputs = try Value.untracked { () throws(TensorError) in
                try folded().passed(
                    x, through: 0..<frozenStages, mode: .evaluation, isChannelsLast)
            }
        }
        outputs += try passed(
            outputs.last ?? x, through: frozenStages..<stages.count, mode: mode, isChannelsLast)
        return Features(
            [outputs[1], outputs[2], outputs[4], outputs[6]], isChannelsLast: isChannelsLast)
    }

    /// Output of each of these stages; the stem comes before the first.
    private func passed(
        _ x: Value, through places: Range<Int>, mode: Mode, _ isChannelsLast: Bool
    ) throws(TensorError) -> [Value] {
        var x = x
        var outputs: [Value] = []
        for place in places {
            // Of one channel, all orders in memory are one, and libtorch takes it for the other.
            if place == 0 {
                x = try stem(x, mode: mode)
                if isChannelsLast { x = try x.channelsLast() }
            }
            for block in stages[place] { x = try block(x, mode: mode) }
            outputs.append(x)
        }
        return outputs
    }

    /// The same, of which the stem and the first stages stay as they are while the rest learns.
    func frozen(stages count: Int) -> ChromaEncoder<Value> {
        var encoder = self
        encoder.frozenStages = count
        return encoder
    }

    /// The same for measuring or colouring only, batch norm folded into the convolutions.
    package func folded() throws(TensorError) -> ChromaEncoder<Value> {
        var encoder = self
        encoder.stem = try stem.folded()
        for i in stages.indices { encoder.stages[i] = try Self.folded(stages[i]) }
        return encoder
    }

    private static func folded(
        _ blocks: [InvertedResidual<Value>]
    ) throws(TensorError) -> [InvertedResidual<Value>] {
        var blocks = blocks
        for i in blocks.indices { blocks[i] = try blocks[i].folded() }
        return blocks
    }

    /// A convolution without bias, as TensorFlow pads it, with its batch norm.
    static func unit(
        _ parameters: Parameters<Value>, from inputs: Int, to outputs: Int, kernel: Int,
        stride: Int = 1,
        groups: Int = 1, _ activation: Activation
    ) throws(WeightsError) -> ConvolutionUnit<Value> {
        let convolution = try Convolution(
            parameters["conv"], from: inputs, to: outputs, kernel: kernel, stride: stride,
            padding: .same(kernel: kernel, stride: stride), groups: groups, bias: false)
        let settings = BatchNormSettings(momentum: 0.01, epsilon: 1e-3)
        let norm = try BatchNorm(parameters["norm"], channels: outputs, settings)
        return ConvolutionUnit(convolution, norm, activation)
    }
}

// What a `ChromaEncoder` gives: [N, C, H/4, W/4] and so on, C by the layout.
extension Features {
    var stride4: Value { planes[0] }
    var stride8: Value { planes[1] }
    var stride16: Value { planes[2] }
    package var stride32: Value { planes[3] }

    /// `x` in the order in memory that is wanted.
    func ordered(_ x: Value) throws(TensorError) -> Value {
        isChannelsLast ? try x.channelsLast() : x
    }
}
