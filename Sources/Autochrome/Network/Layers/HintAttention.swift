/// Each place of a plane asks the places that have hints for their colour, by likeness of features
/// less distance; a null key, which has no value, stands for "none is like me".
struct HintAttention<Value: NetworkValue> {
    private let query: Convolution<Value>
    private let key: Convolution<Value>
    private let value: Convolution<Value>
    private let output: Convolution<Value>
    /// `[heads]`; softplus of it is what a pixel of distance takes from the logit.
    private let slope: Value
    /// `[heads]`: the logits of the null key.
    private let null: Value
    private let heads: Int
    private static var each: Int { 32 }

    /// - Parameters:
    ///   - width: channels of the features.
    ///   - hint: channels of what is known of the hints.
    init(
        _ parameters: Parameters<Value>, width: Int, hint: Int, heads: Int
    ) throws(WeightsError) {
        self.heads = heads
        let wide = heads * Self.each
        func pointwise(
            _ name: String, _ inputs: Int, _ outputs: Int
        ) throws(WeightsError) -> Convolution<Value> {
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
        _ x: Value, hint: Value, presence: Value
    ) throws(TensorError) -> Value {
        let (free, each) = (Value.free, Self.each)
        func headed(_ value: Value) throws(TensorError) -> Value {
            try value.flattened().reshaped(to: [free, heads, each, free])
        }
        let (query, key, value) = (
            try headed(query(x)), try headed(key(x)), try headed(value(hint))
        )
        let scale = 1 / Double(each).squareRoot()
        // 0 for places with hints, -10,000 for the others.
        let absent = try presence.isPositive().scaled(by: 1e4, plus: -1e4).flattened()
            .reshaped(to: [free, 1, 1, free])
        let far = try x.placeDistances() * slope.softplus().reshaped(to: [1, heads, 1, 1])
        let logits =
            try query.transposed().scaled(by: scale, plus: 0).matrixProduct(key) - far + absent
        let nulls =
            try logits.narrowed(dimension: 3, to: 0..<1) * 0
            + null.reshaped(to: [1, heads, 1, 1])
        let shares = try logits.concatenated(with: nulls, along: 3)
            .softmax(over: 3)  // [N, heads, h w, h w + 1]
        let values = try value.concatenated(
            with: value.narrowed(dimension: 3, to: 0..<1) * 0, along: 3)
        return try output(
            values.matrixProduct(shares.transposed())
                .reshaped(to: [free, heads * each, free]).unflattened(like: x))
    }
}
