/// Layer normalization over the last dimension, `[..., C]`.
struct LayerNorm<Value: NetworkValue> {
    /// `[C]`
    private let weight: Value
    /// `[C]`
    private let bias: Value

    init(_ parameters: Parameters<Value>, channels: Int) throws(WeightsError) {
        weight = try parameters.tensor("weight", [channels])
        bias = try parameters.tensor("bias", [channels])
    }

    func callAsFunction(_ x: Value) throws(TensorError) -> Value {
        try x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
    }
}
