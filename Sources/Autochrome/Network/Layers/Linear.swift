/// A linear layer of `[..., I]`.
struct Linear<Value: NetworkValue> {
    /// `[O, I]`
    private let weight: Value
    /// `[O]`
    private let bias: Value

    init(_ parameters: Parameters<Value>, from inputs: Int, to outputs: Int) throws(WeightsError) {
        weight = try parameters.tensor("weight", [outputs, inputs])
        bias = try parameters.tensor("bias", [outputs])
    }

    func callAsFunction(_ x: Value) throws(TensorError) -> Value {
        try x.linear(weight: weight, bias: bias)
    }
}
