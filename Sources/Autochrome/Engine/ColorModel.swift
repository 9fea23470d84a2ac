/// A network with its weights as it colours, batch norm folded, in its parts.
///
/// Not `Sendable`: it holds tensors. `ColorNetwork` owns one for asynchronous code.
package struct ColorModel<Value: NetworkValue> {
    /// The network, folded.
    package let network: any Network<Value>
    /// At how many sizes the network sees a picture.
    package let looks: Int

    /// The network of these weights, libtorch's on `device`.
    package init(_ weights: Weights, on device: Device = .cpu) throws(WeightsError) {
        let kind = try NetworkKind(of: weights)
        let whole = try kind.network(of: Value.self).init(weights, on: device)
        network = try WeightsError.wrapping { () throws(TensorError) in try whole.folded() }
        looks = weights.use.looks
    }

    /// The encoder: the features of lightness `[N, 1, H, W]`.
    package func features(of lightness: Value) throws(TensorError) -> [Value] {
        try network.features(of: NetworkInput(lightness: lightness), mode: .evaluation).planes
    }

    /// The decoder: logits, or a*b* itself.
    package func output(
        from features: [Value], _ guidance: Guidance<Value>
    ) throws(TensorError) -> Value {
        try network.output(from: Features(features), guidance, mode: .evaluation)
    }

    /// The output of two looks, the second at a smaller size.
    ///
    /// Trained on small photographs, a network knows large things better when they are smaller:
    /// both together are right more often than either.
    package func averaged(_ first: Value, _ second: Value) throws(TensorError) -> Value {
        try (first + second.resized(like: first)) / 2
    }

    /// The read-out: the a*b* that an output stands for at a vividness, one number.
    package func colors(from output: Value, vividness: Value) throws(TensorError) -> Value {
        try network.colors(from: output, vividness: vividness)
    }
}
