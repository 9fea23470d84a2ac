/// The article's basic block (He et al., 2016, "Deep Residual Learning"): two convolutions 3 x 3
/// beside a shortcut, which is a convolution 1 x 1 where the channels change.
struct ResidualBlock<Value: NetworkValue> {
    private var first: ConvolutionUnit<Value>
    private var second: ConvolutionUnit<Value>
    private var shortcut: ConvolutionUnit<Value>?

    /// Paddle's and PyTorch's meanings of momentum coincide at 0.5, those of variance do not.
    private static var settings: BatchNormSettings {
        BatchNormSettings(momentum: 0.5, epsilon: 1e-5, populationVariance: true)
    }

    init(
        _ parameters: Parameters<Value>, from inputs: Int, to outputs: Int, stride: Int
    ) throws(WeightsError) {
        first = ConvolutionUnit(
            try Convolution(
                parameters["conv1"], from: inputs, to: outputs, kernel: 3, stride: stride,
                bias: true),
            try BatchNorm(parameters["bn1"], channels: outputs, Self.settings), .relu)
        second = ConvolutionUnit(
            try Convolution(
                parameters["conv2"], from: outputs, to: outputs, kernel: 3, bias: true),
            try BatchNorm(parameters["bn2"], channels: outputs, Self.settings), .none)
        if inputs == outputs, stride == 1 { return }
        let downsample = parameters["downsample"]
        shortcut = ConvolutionUnit(
            try Convolution(
                downsample["0"], from: inputs, to: outputs, kernel: 1, stride: stride, bias: true),
            try BatchNorm(downsample["1"], channels: outputs, Self.settings), .none)
    }

    func callAsFunction(_ x: Value, mode: Mode) throws(TensorError) -> Value {
        let straight = if let shortcut { try shortcut(x, mode: mode) } else { x }
        return try (second(first(x, mode: mode), mode: mode) + straight).relu()
    }

    func folded() throws(TensorError) -> ResidualBlock<Value> {
        var block = self
        block.first = try first.folded()
        block.second = try second.folded()
        if let shortcut { block.shortcut = try shortcut.folded() }
        return block
    }
}
