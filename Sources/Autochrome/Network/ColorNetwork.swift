/// Owns a network for asynchronous code.
///
/// Every call computes on one thread of the actor's own: libtorch keeps a team of threads for each
/// thread that calls it, and Swift's shared threads must not be held up for the time a picture
/// takes.
package actor ColorNetwork {
    private nonisolated let executor: ThreadExecutor
    private let model: ColorModel
    /// Where the network computes.
    package let device: Device
    /// What the model calls itself, at most 100 characters: it goes into photographs' metadata.
    package nonisolated let modelName: String
    /// How the model is best used.
    package nonisolated let use: ModelUse
    /// Whether the network listens to hints and palettes.
    package nonisolated let takesHints: Bool
    /// What the training made of each cell of the a*b* plane; nil for a network that gives no
    /// distribution over them.
    package nonisolated let colorWeights: [Float]?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// The network of a safetensors file, or without one of the model that came with the program.
    ///
    /// - Throws: `WeightsError` when the file is not whole or not a network's, and when libtorch
    ///   or the device is missing.
    package init(
        reading file: String? = nil, on device: Device = .automatic
    ) throws(WeightsError) {
        try self.init(Weights(model: file), on: device)
    }

    /// The network of these weights.
    ///
    /// - Throws: `WeightsError`, as for the weights of a file.
    package init(_ weights: Weights, on device: Device) throws(WeightsError) {
        executor = ThreadExecutor(label: "network")
        use = weights.use
        let network = try NetworkKind(of: weights).network
        takesHints = network.takesHints
        colorWeights =
            network.givesDistribution ? weights.tensors["color_weights"]?.floats() : nil
        modelName = String((weights.metadata["name"] ?? "unnamed").prefix(100))
        model = try ColorModel(weights, on: device)
        self.device = model.device
    }

    /// The a*b* planes for a picture.
    ///
    /// - Parameters:
    ///   - planes: what is known of the picture.
    ///   - vividness: 0...1; nil for the model's own, and the only choice for a network without
    ///     one.
    /// - Throws: `TensorError`
    package func ab(
        for planes: InputPlanes, vividness: Double? = nil
    ) throws(TensorError) -> ChromaPlanes {
        let output = try model.output(for: planes)
        return try ChromaPlanes(model.ab(from: output, vividness: vividness))
    }

    /// What the network says of a picture, for `ab(from:vividness:)`.
    package func prediction(for planes: InputPlanes) throws(TensorError) -> Prediction {
        let output = try model.output(for: planes)
        let shape = output.shape
        return Prediction(
            values: try output.floats(), channels: shape[1], width: shape[3], height: shape[2])
    }

    /// The a*b* planes a prediction stands for at this vividness.
    package func ab(
        from prediction: Prediction, vividness: Double? = nil
    ) throws(TensorError) -> ChromaPlanes {
        let shape = [1, prediction.channels, prediction.height, prediction.width]
        let output = try Tensor.values(prediction.values, shape: shape, on: device)
        return try ChromaPlanes(model.ab(from: output, vividness: vividness))
    }
}
