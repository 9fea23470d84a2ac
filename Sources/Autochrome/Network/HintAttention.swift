/// Each place of a plane asks the places that have hints for their colour, by likeness of features
/// less distance; a null key, which has no value, stands for "none is like me".
struct HintAttention {
    private let query: Convolution
    private let key: Convolution
    private let value: Convolution
    private let output: Convolution
    /// `[heads]`; softplus of it is what a pixel of distance takes from the logit.
    private let slope: Tensor
    /// `[heads]`: the logits of the null key.
    private let null: Tensor
    private let heads: Int
    private static let each = 32

    /// - Parameters:
    ///   - width: channels of the features.
    ///   - hint: channels of what is known of the hints.
    init(
        _ parameters: Parameters, width: Int, hint: Int, heads: Int
    ) throws(WeightsError) {
        self.heads = heads
        let wide = heads * Self.each
        func pointwise(
            _ name: String, _ inputs: Int, _ outputs: Int
        ) throws(WeightsError) -> Convolution {
            try Convolution(parameters[name], from: inputs, to: outputs, kernel: 1, bias: true)
        }
        query = try pointwise("query", width, wide)
        key = try pointwise("key", width, wide)
        value = try pointwise("value", hint, wide)
        output = try pointwise("output", wide, width)
        slope = try parameters.tensor("slope", [heads])
        null = try parameters.tensor("null", [heads])
    }

    /// - Parameters:
    ///   - x: the features, `[N, width, h, w]`.
    ///   - hint: what is known of the hints, `[N, hint, h, w]`.
    ///   - presence: above 0 where there are hints, `[N, 1, h, w]`.
    /// - Returns: what to add to the features.
    func callAsFunction(
        _ x: Tensor, hint: Tensor, presence: Tensor
    ) throws(TensorError) -> Tensor {
        let shape = x.shape
        let (n, places) = (shape[0], shape[2] * shape[3])
        func headed(_ tensor: Tensor) throws(TensorError) -> Tensor {
            try tensor.reshaped(to: [n, heads, Self.each, places])
        }
        let (query, key, value) = (
            try headed(query(x)), try headed(key(x)), try headed(value(hint))
        )
        let scale = 1 / Double(Self.each).squareRoot()
        // 0 for places with hints, -10,000 for the others.
        let absent = try presence.isPositive().scaled(by: 1e4, plus: -1e4)
            .reshaped(to: [n, 1, 1, places])
        let far = try x.placeDistances() * slope.softplus().reshaped(to: [1, heads, 1, 1])
        let logits =
            try query.transposed().scaled(by: scale, plus: 0).matrixProduct(key) - far + absent
        let zeros = try Tensor.filled(with: 0, shape: [n, heads, places, 1], on: x.device)
        let shares = try logits.concatenated(
            with: zeros + null.reshaped(to: [1, heads, 1, 1]), along: 3
        ).softmax(over: 3).narrowed(dimension: 3, to: 0..<places)  // [N, heads, h w, h w]
        return try output(
            value.matrixProduct(shares.transposed())
                .reshaped(to: [n, heads * Self.each, shape[2], shape[3]]))
    }
}
