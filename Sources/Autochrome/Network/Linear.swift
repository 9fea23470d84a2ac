/// A linear layer of `[..., I]`.
struct Linear {
    /// `[O, I]`
    private let weight: Tensor
    /// `[O]`
    private let bias: Tensor

    init(_ parameters: Parameters, from inputs: Int, to outputs: Int) throws(WeightsError) {
        weight = try parameters.tensor("weight", [outputs, inputs])
        bias = try parameters.tensor("bias", [outputs])
    }

    func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor {
        try x.linear(weight: weight, bias: bias)
    }
}
