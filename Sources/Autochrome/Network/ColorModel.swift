/// A network with its weights, ready to colour, and what reads its output.
///
/// Not `Sendable`: it holds tensors. `ColorNetwork` owns one for asynchronous code.
package struct ColorModel {
    /// Which network a file of weights belongs to.
    package enum Kind: String, Sendable, CaseIterable {
        case chroma = "ChromaNetwork"
        case resNet = "ResNet"

        /// Whether it predicts a distribution, out of which a vividness chooses.
        package var takesVividness: Bool { self == .chroma }

        /// By what the metadata says, else by the names of the tensors.
        ///
        /// - Throws: `WeightsError.foreign` when they are of no network here.
        package init(of weights: Weights) throws(WeightsError) {
            if let named = weights.metadata["network"].flatMap(Kind.init(rawValue:)) {
                self = named
            } else if weights.tensors["deconv2.weight"] != nil {
                self = .resNet
            } else if weights.tensors["decoder.refine.conv.weight"] != nil {
                self = .chroma
            } else {
                throw .foreign(
                    file: weights.file, network: "ChromaNetwork or ResNet",
                    missing: ["decoder.refine.conv.weight", "deconv2.weight"],
                    unexpected: weights.tensors.keys.sorted())
            }
        }
    }

    private enum Content {
        case chroma(ChromaNetwork)
        case resNet(ResNet)
    }

    /// How much of the rebalancing is kept when nothing is asked for.
    package static let defaultVividness = 0.5

    private let content: Content
    /// Where it computes.
    package let device: Device

    /// The network of these weights, batch norm folded, channels last.
    package init(_ weights: Weights, on device: Device) throws(WeightsError) {
        let kind = try Kind(of: weights)
        do {
            self.device = try device.resolved()
            content =
                switch kind {
                case .chroma: .chroma(try ChromaNetwork(weights, on: self.device).folded())
                case .resNet: .resNet(try ResNet(weights, on: self.device).folded())
                }
        } catch let error as WeightsError {
            throw error
        } catch let error as TensorError {
            throw .tensor(error)
        } catch {
            throw .unreadable(file: weights.file, reason: "\(error)")
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
