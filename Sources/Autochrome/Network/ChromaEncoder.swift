/// EfficientNet-Lite0 (Tan and Le, 2019; Lite: no squeeze-and-excitation, ReLU6) without its head,
/// fed lightness.
package struct ChromaEncoder {
    /// What the decoder uses of the picture, at strides 4, 8, 16 and 32.
    struct Features {
        let stride4: Tensor  // [N, 24, H/4, W/4]
        let stride8: Tensor  // [N, 40, H/8, W/8]
        let stride16: Tensor  // [N, 112, H/16, W/16]
        let stride32: Tensor  // [N, 320, H/32, W/32]
    }

    private var stem: ConvolutionUnit
    private var blocks: [InvertedResidual]

    /// - Parameter channels: of the picture: 1, or 3 as on ImageNet.
    init(_ parameters: Parameters, channels: Int = 1) throws(WeightsError) {
        stem = try Self.unit(
            parameters["stem"], from: channels, to: 32, kernel: 3, stride: 2, .relu6)
        blocks = []
        for (i, layout) in Self.layouts.enumerated() {
            blocks.append(try InvertedResidual(parameters["blocks"]["\(i)"], layout))
        }
    }

    /// `x` is `[N, channels, H, W]`.
    func callAsFunction(_ x: Tensor, mode: Mode) throws(TensorError) -> Features {
        var x = try stem(x, mode: mode)
        var outputs: [Tensor] = []
        for block in blocks {
            x = try block(x, mode: mode)
            outputs.append(x)
        }
        return Features(
            stride4: outputs[2], stride8: outputs[4], stride16: outputs[10], stride32: outputs[15])
    }

    func folded() throws(TensorError) -> ChromaEncoder {
        var encoder = self
        encoder.stem = try stem.folded()
        for i in blocks.indices { encoder.blocks[i] = try blocks[i].folded() }
        return encoder
    }

    /// A convolution without bias, as TensorFlow pads it, with its batch norm.
    static func unit(
        _ parameters: Parameters, from inputs: Int, to outputs: Int, kernel: Int, stride: Int = 1,
        groups: Int = 1, _ activation: ConvolutionUnit.Activation
    ) throws(WeightsError) -> ConvolutionUnit {
        let convolution = try Convolution(
            parameters["conv"], from: inputs, to: outputs, kernel: kernel, stride: stride,
            padding: .same(kernel: kernel, stride: stride), groups: groups, bias: false)
        let settings = BatchNorm.Settings(momentum: 0.01, epsilon: 1e-3)
        let norm = try BatchNorm(parameters["norm"], channels: outputs, settings)
        return ConvolutionUnit(convolution, norm, activation)
    }

    /// The sixteen blocks: stages of one kernel, where the first block changes stride and channels.
    private static let layouts: [InvertedResidual.Layout] = {
        // kernel, stride, outputs, blocks
        let stages = [
            (3, 1, 16, 1), (3, 2, 24, 2), (5, 2, 40, 2), (3, 2, 80, 3), (5, 1, 112, 3),
            (5, 2, 192, 4), (3, 1, 320, 1),
        ]
        var layouts: [InvertedResidual.Layout] = []
        var inputs = 32
        for (kernel, stride, outputs, count) in stages {
            for i in 0..<count {
                layouts.append(
                    .init(
                        kernel: kernel, stride: i == 0 ? stride : 1, inputs: inputs,
                        outputs: outputs, expansion: layouts.isEmpty ? 1 : 6))
                inputs = outputs
            }
        }
        return layouts
    }()
}
