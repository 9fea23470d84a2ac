/// A convolution, its batch norm and its activation: the brick of both networks.
struct ConvolutionUnit<Value: NetworkValue> {
    var convolution: Convolution<Value>
    /// Absent once it is folded into the convolution.
    var norm: BatchNorm<Value>?
    let activation: Activation

    init(_ convolution: Convolution<Value>, _ norm: BatchNorm<Value>?, _ activation: Activation) {
        self.convolution = convolution
        self.norm = norm
        self.activation = activation
    }

    func callAsFunction(_ x: Value, mode: Mode) throws(TensorError) -> Value {
        let y = try convolution(x)
        if let norm { return try norm(y, mode: mode, activation: activation) }
        return try y.activated(by: activation)
    }

    /// The unit in evaluation mode with one operation fewer: since batch norm is then
    /// `factor * y + addend` by channel, the factor goes into the weights and the addend, with the
    /// convolution's own bias times the factor, becomes the bias.
    func folded() throws(TensorError) -> ConvolutionUnit<Value> {
        guard let norm else { return self }
        let (factor, addend) = try norm.affine()
        var folded = self
        let weight = convolution.weight
        folded.convolution.weight = try weight * factor.reshaped(to: [Value.free, 1, 1, 1])
        folded.convolution.bias =
            if let bias = convolution.bias { try bias * factor + addend } else { addend }
        folded.norm = nil
        return folded
    }
}
