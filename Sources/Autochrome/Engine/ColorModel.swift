/// A network with its weights as it colours: batch norm folded, and a picture seen at one size or
/// at two.
///
/// Not `Sendable`: it holds tensors. `ColorNetwork` owns one for asynchronous code.
package struct ColorModel<Value: NetworkValue> {
    /// The network, folded.
    package let network: any Network<Value>
    /// At how many sizes the network sees a picture.
    private let looks: Int

    /// The network of these weights, libtorch's on `device`.
    package init(_ weights: Weights, on device: Device = .cpu) throws(WeightsError) {
        let kind = try NetworkKind(of: weights)
        let whole = try kind.network(of: Value.self).init(weights, on: device)
        network = try WeightsError.wrapping { () throws(TensorError) in try whole.folded() }
        looks = weights.use.looks
    }

    /// The encoder: the features of lightness `[N, 1, H, W]`, and behind them those of the same at
    /// three quarters of its size where the network takes two looks.
    ///
    /// Trained on small photographs, a network knows large things better when they are smaller:
    /// both together are right more often than either.
    package func features(of lightness: Value) throws(TensorError) -> Features<Value> {
        let whole = try network.features(
            of: NetworkInput(lightness: lightness), mode: .evaluation)
        guard looks == 2 else { return whole }
        let smaller = try lightness.resized(
            by: 3, over: 4, toMultiplesOf: type(of: network).multiple)
        let second = try network.features(
            of: NetworkInput(lightness: smaller), mode: .evaluation)
        return Features(whole.planes + second.planes)
    }

    /// The decoder: logits, or a*b* itself; of two looks, the average.
    package func output(
        from features: Features<Value>, _ guidance: Guidance<Value>
    ) throws(TensorError) -> Value {
        let each = features.planes.count / looks
        let whole = try network.output(
            from: Features(Array(features.planes[..<each])), guidance, mode: .evaluation)
        guard looks == 2 else { return whole }
        let second = try network.output(
            from: Features(Array(features.planes[each...])), guidance, mode: .evaluation)
        return try (whole + second.resized(like: whole)) / 2
    }

    /// The read-out: the a*b* that an output stands for at a vividness, one number.
    package func colors(from output: Value, vividness: Value) throws(TensorError) -> Value {
        try network.colors(from: output, vividness: vividness)
    }
}
