/// Whether a network colours or learns: batch norm goes by its running statistics or by the batch.
package enum Mode {
    case evaluation
    case training
    /// Training in several processes: a batch's statistics are those of all of them together.
    case trainingTogether(ProcessGroup)
}

/// A network that reads lightness, and what distinguishes it from others.
package protocol Network<Value> {
    /// Value type of the computation.
    associatedtype Value: NetworkValue

    /// Its name in metadata, recipes and messages.
    static var name: String { get }

    /// Divisor of the sides of a picture.
    static var multiple: Int { get }

    /// Whether its output is logits over the cells of the a*b* plane, out of which a vividness
    /// chooses, at a quarter of the size; else it is a*b* itself, at the whole size.
    static var givesDistribution: Bool { get }

    /// Whether hints and a palette change its output; one that takes none leaves them unread.
    static var takesHints: Bool { get }

    /// A tensor by which its weights are known.
    static var mark: String { get }

    /// Dimensions of a size of the network.
    associatedtype Layout

    /// The layout with this encoder; there is one only for a network without.
    static func layout(_ encoder: ChromaLayout) -> Layout

    /// Builds the network from its tensors.
    init(_ parameters: Parameters<Value>, _ layout: Layout) throws(WeightsError)

    /// The encoder: lightness to features, which can be kept while hints change.
    func features(
        of input: NetworkInput<Value>, mode: Mode
    ) throws(TensorError) -> Features<Value>

    /// The decoder: features, hints and a palette to the network's output.
    func output(
        from features: Features<Value>, _ guidance: Guidance<Value>, mode: Mode
    ) throws(TensorError) -> Value

    /// The read-out: the a*b* that an output stands for, `[N, 2, h, w]`. Called only where
    /// `givesDistribution`.
    ///
    /// - Parameters:
    ///   - output: what the decoder gave.
    ///   - vividness: one number, 0...1.
    func colors(from output: Value, vividness: Value) throws(TensorError) -> Value

    /// The same network, of whose encoder the stem and the first stages do not learn.
    func frozen(stages count: Int) -> Self

    /// The same network for colouring only, with batch norm folded into the convolutions.
    func folded() throws(TensorError) -> Self
}

extension Network {
    /// Names and shapes of every tensor the network has.
    package static func parameterShapes(
        _ encoder: ChromaLayout
    ) throws(WeightsError) -> [String: [Int]] {
        var shapes: [String: [Int]] = [:]
        // Building it once with a stand-in asks for every tensor, so nothing is listed twice.
        let standIn = try WeightsError.wrapping { () throws(TensorError) in
            try Value.standIn()
        }
        _ = try Self(
            Parameters { (name, shape) throws(WeightsError) in
                shapes[name] = shape
                return standIn
            }, layout(encoder))
        return shapes
    }

    /// Encoder and decoder: the network's output for a batch.
    package func callAsFunction(
        _ input: NetworkInput<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        try output(from: features(of: input, mode: mode), input.guidance, mode: mode)
    }

    /// The a*b* that an output stands for, `[N, 2, h, w]`.
    ///
    /// - Parameters:
    ///   - output: what the network gave.
    ///   - vividness: 0...1; nil for the network's own.
    /// - Throws: `TensorError.invalid` when a vividness is asked of a network that has none.
    package func colors(from output: Value, vividness: Double?) throws(TensorError) -> Value {
        try Self.check(vividness)
        guard Self.givesDistribution else { return output }
        return try colors(
            from: output,
            vividness: .number(vividness ?? ReadoutRule.defaultVividness, like: output))
    }

    /// - Throws: `TensorError.invalid` when a vividness is asked of a network that has none.
    package static func check(_ vividness: Double?) throws(TensorError) {
        guard vividness == nil || givesDistribution else {
            throw .invalid(
                operation: "vividness", shapes: [],
                reason: "\(name) predicts one colour, not a distribution")
        }
    }

    package func frozen(stages count: Int) -> Self { self }
}

extension Network {
    /// The network with the weights of a file.
    ///
    /// - Throws: `WeightsError` when they are another network's.
    package init(_ weights: Weights, on device: Device = .cpu) throws(WeightsError) {
        try self.init(weights.tensors(for: Self.self, on: device))
    }

    /// The network with tensors that are in memory already; they are shared, not copied.
    package init(_ tensors: [String: Value]) throws(WeightsError) {
        try self.init(
            Parameters(tensors), Self.layout(ChromaLayout(tensors: tensors.keys)))
    }
}
