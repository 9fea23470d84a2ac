/// A network with its weights, ready to colour, and what reads its output.
///
/// Not `Sendable`: it holds tensors. `ColorNetwork` owns one for asynchronous code.
package struct ColorModel {
    private enum Content {
        case chroma(ChromaNetwork)
        case resNet(ResNet)
    }

    /// How much of the rebalancing is kept when nothing is asked for.
    package static let defaultVividness = 0.5

    private let content: Content
    /// Where it computes.
    package let device: Device

    /// The network of these weights, batch norm folded.
    package init(_ weights: Weights, on device: Device) throws(WeightsError) {
        let kind = try NetworkKind(of: weights)
        let device = try WeightsError.wrapping { () throws(TensorError) in try device.resolved() }
        self.device = device
        switch kind {
        case .chroma:
            let network = try ChromaNetwork(weights, on: device)
            content = .chroma(
                try WeightsError.wrapping { () throws(TensorError) in try network.folded() })
        case .resNet:
            let network = try ResNet(weights, on: device)
            content = .resNet(
                try WeightsError.wrapping { () throws(TensorError) in try network.folded() })
        }
    }

    /// What the network gives for a lightness plane: logits, or a*b* itself.
    package func output(for lightness: Plane) throws(TensorError) -> Tensor {
        let shape = [1, 1, lightness.height, lightness.width]
        return try withoutGradient { () throws(TensorError) in
            let input = try Tensor.values(lightness.values, shape: shape, on: device)
            return switch content {
            case .chroma(let network): try network.atTwoSizes(input)
            case .resNet(let network): try network(input, mode: .evaluation)
            }
        }
    }

    /// The a*b* planes that `output` stands for.
    ///
    /// - Throws: `TensorError.invalid` when a vividness is asked of a network that has none.
    package func ab(from output: Tensor, vividness: Double?) throws(TensorError) -> Tensor {
        switch content {
        case .chroma(let network):
            let vividness = vividness ?? Self.defaultVividness
            return try withoutGradient { () throws(TensorError) in
                try network.readout.ab(from: output, vividness: vividness)
            }
        case .resNet:
            if vividness == nil { return output }
            throw .invalid(
                operation: "vividness", shapes: [],
                reason: "ResNet predicts one colour, not a distribution to choose from")
        }
    }
}
