/// A transposed convolution of `[N, C, H, W]` that doubles H and W: kernel 4, stride 2, padding 1.
struct TransposedConvolution<Value: NetworkValue> {
    /// `[C, O, 4, 4]`
    var weight: Value
    /// `[O]`
    var bias: Value

    init(
        _ parameters: Parameters<Value>, from inputs: Int, to outputs: Int
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [inputs, outputs, 4, 4])
        bias = try parameters.tensor("bias", [outputs])
    }

    func callAsFunction(_ x: Value) throws(TensorError) -> Value {
        try x.transposedConvolved(with: weight, bias: bias, stride: 2, padding: 1)
    }
}
