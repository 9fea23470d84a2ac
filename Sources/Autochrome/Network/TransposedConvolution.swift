/// A transposed convolution of `[N, C, H, W]` that doubles H and W: kernel 4, stride 2, padding 1.
struct TransposedConvolution {
    /// `[C, O, 4, 4]`
    var weight: Tensor
    /// `[O]`
    var bias: Tensor

    init(
        _ parameters: Parameters, from inputs: Int, to outputs: Int
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [inputs, outputs, 4, 4])
        bias = try parameters.tensor("bias", [outputs])
    }

    func callAsFunction(_ x: Tensor) throws(TensorError) -> Tensor {
        try x.transposedConvolved(with: weight, bias: bias, stride: 2, padding: 1)
    }
}
