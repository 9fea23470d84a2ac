/// Layer normalization over the last dimension, `[..., C]`.
struct LayerNorm {
    /// `[C]`
    private let weight: Tensor
    /// `[C]`
    private let bias: Tensor

    init(_ parameters: Parameters, channels: Int) throws(WeightsError) {
        weight = try parameters.tensor("weight", [channels])
        bias = try parameters.tensor("bias", [channels])
    }

    func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor {
        try x.layerNormalized(weight: weight, bias: bias, epsilon: 1e-5)
    }
}
