/// Pyramid of the hints at strides 4, 8 and 16, whose levels are added to the decoder's
/// features there: exactly nothing for a picture without hints.
struct HintPyramid<Value: NetworkValue> {
    private let levels: [Convolution<Value>]
    private let additions: [Convolution<Value>]
    private let attention: HintAttention<Value>

    /// Channels at strides 4, 8 and 16.
    private static var widths: [Int] { [64, 96, 128] }

    /// - Parameter width: the channels of the decoder's features.
    init(
        _ parameters: Parameters<Value>, _ width: ChromaLayout.Channels
    ) throws(WeightsError) {
        let widths = Self.widths
        levels = [
            try Convolution(
                parameters["stride4"], from: 3, to: widths[0], kernel: 5, bias: true),
            try Convolution(
                parameters["stride8"], from: widths[0], to: widths[1], kernel: 3, stride: 2,
                bias: true),
            try Convolution(
                parameters["stride16"], from: widths[1], to: widths[2], kernel: 3, stride: 2,
                bias: true),
        ]
        func addition(_ level: Int, _ name: String, _ outputs: Int) throws(WeightsError)
            -> Convolution<Value>
        {
            try Convolution(
                parameters[name], from: widths[level], to: outputs, kernel: 1, bias: true)
        }
        additions = [
            try addition(0, "add4", width.stride4), try addition(1, "add8", width.stride8),
            try addition(2, "add16", width.stride16),
        ]
        attention = try HintAttention(
            parameters["attention"], width: width.stride8, hint: widths[1], heads: 4)
    }

    /// Levels of the pyramid for a batch.
    struct Levels {
        fileprivate let features: [Value]
        /// Above 0 where there are hints, at stride 8: `[N, 1, h, w]`.
        fileprivate let presence: Value
        /// 1 for pictures that have hints, 0 for the others: `[N, 1, 1, 1]`.
        fileprivate let any: Value
    }

    /// - Parameter hints: as `NetworkInput` has them, `[N, 3, H/4, W/4]`.
    func levels(of hints: Value) throws(TensorError) -> Levels {
        var (x, features) = (hints, [Value]())
        for level in levels {
            x = try level(x).relu()
            features.append(x)
        }
        let shares = try hints.narrowed(dimension: 1, to: 2..<3)
        return Levels(
            features: features, presence: try shares.maxPooled(by: 2),
            any: try shares.maximum(over: [1, 2, 3], keepingDimensions: true).isPositive())
    }

    /// `x` of stride 4, 8 or 16, `level` 0, 1 or 2, with what the hints add.
    func adding(_ hints: Levels, to x: Value, level: Int) throws(TensorError) -> Value {
        try x + additions[level](hints.features[level]) * hints.any
    }

    /// `x` of stride 8 with the colours that its places take from hints.
    func attending(to hints: Levels, _ x: Value) throws(TensorError) -> Value {
        try x + attention(x, hint: hints.features[1], presence: hints.presence) * hints.any
    }
}
