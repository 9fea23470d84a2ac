/// A network with its weights, ready to colour, and what reads its output.
///
/// Not `Sendable`: it holds tensors. `ColorNetwork` owns one for asynchronous code.
package struct ColorModel {
    private let network: any Network<Tensor>
    /// At how many sizes the network sees a picture.
    private let looks: Int
    /// Where it computes.
    package let device: Device

    /// The network of these weights, batch norm folded.
    package init(_ weights: Weights, on device: Device) throws(WeightsError) {
        let kind = try NetworkKind(of: weights)
        self.device = try WeightsError.wrapping { () throws(TensorError) in
            try device.resolved()
        }
        let whole = try kind.network.init(weights, on: self.device)
        network = try WeightsError.wrapping { () throws(TensorError) in try whole.folded() }
        looks = weights.use.looks
    }

    /// What the network gives for a picture: logits, or a*b* itself.
    ///
    /// - Throws: `TensorError.invalid` for hints or a palette where the network takes none.
    package func output(for planes: InputPlanes) throws(TensorError) -> Tensor {
        let isGuided = planes.hints != nil || planes.palette != nil
        guard !isGuided || type(of: network).takesHints else {
            throw .invalid(
                operation: "hints", shapes: [],
                reason: "\(type(of: network).name) takes no hints and no palette")
        }
        return try withoutGradient { () throws(TensorError) in
            let input = try planes.tensors(on: device)
            let whole = try network(input, mode: .evaluation)
            // What a person says of the colours is said of the whole size.
            return looks == 1 || isGuided ? whole : try averaged(whole, input.lightness)
        }
    }

    /// The output of the picture seen at its size and at three quarters of it, averaged.
    ///
    /// Trained on small photographs, a network knows large things better when they are smaller:
    /// both together are right more often than either.
    private func averaged(
        _ whole: Tensor, _ lightness: Tensor
    ) throws(TensorError) -> Tensor {
        let multiple = type(of: network).multiple
        let sides = lightness.shape[2...].map {
            max(multiple, ($0 * 3 / 4 + multiple / 2) / multiple * multiple)
        }
        let smaller = try network(
            NetworkInput(lightness: lightness.resized(height: sides[0], width: sides[1])),
            mode: .evaluation)
        return try (whole + smaller.resized(like: whole)) / 2
    }

    /// The a*b* planes that `output` stands for.
    ///
    /// - Throws: `TensorError.invalid` when a vividness is asked of a network that has none.
    package func ab(from output: Tensor, vividness: Double?) throws(TensorError) -> Tensor {
        try withoutGradient { () throws(TensorError) in
            try network.colors(from: output, vividness: vividness)
        }
    }
}
