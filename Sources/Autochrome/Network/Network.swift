/// Whether a network colours or learns: batch norm goes by its running statistics or by the batch.
package enum Mode {
    case evaluation
    case training
    /// Training in several processes: a batch's statistics are those of all of them together.
    case trainingTogether(ProcessGroup)
}

/// A network that reads lightness.
package protocol Network {
    /// Its name in metadata and messages.
    static var name: String { get }

    /// What distinguishes one size of the network from another.
    associatedtype Layout

    /// The layout of a network with tensors of these names.
    static func layout(tensors names: some Collection<String>) -> Layout

    /// Builds the network from its tensors.
    init(_ parameters: Parameters, _ layout: Layout) throws(WeightsError)

    /// The network applied to L*, `[N, 1, H, W]`, 0...100, H and W multiples of its
    /// `NetworkKind.multiple`.
    func callAsFunction(_ lightness: Tensor, mode: Mode) throws(TensorError) -> Tensor

    /// The same network for colouring only, with batch norm folded into the convolutions.
    func folded() throws(TensorError) -> Self
}

extension Network {
    /// Names and shapes of every tensor the network has.
    package static func parameterShapes(
        _ layout: Layout
    ) throws(WeightsError) -> [String: [Int]] {
        var shapes: [String: [Int]] = [:]
        // Building it once with a stand-in asks for every tensor, so nothing is listed twice.
        let standIn = try WeightsError.wrapping { () throws(TensorError) in
            try Tensor.filled(with: 0, shape: [])
        }
        _ = try Self(
            Parameters { (name, shape) throws(WeightsError) in
                shapes[name] = shape
                return standIn
            }, layout)
        return shapes
    }

    /// The network with the weights of a file.
    ///
    /// - Throws: `WeightsError` when they are another network's.
    package init(_ weights: Weights, on device: Device = .cpu) throws(WeightsError) {
        try self.init(weights.tensors(for: Self.self, on: device))
    }

    /// The network with tensors that are in memory already; they are shared, not copied.
    package init(_ tensors: [String: Tensor]) throws(WeightsError) {
        try self.init(Parameters(tensors), Self.layout(tensors: tensors.keys))
    }
}
