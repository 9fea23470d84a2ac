/// Owns a network for asynchronous code.
///
/// Every call computes on one thread of the actor's own: Swift's shared threads must not be held up
/// for the time a picture takes, and libtorch keeps a team of threads for each that calls it.
package actor ColorNetwork {
    private nonisolated let executor: ThreadExecutor
    private let engine: any ColorEngine
    /// The library that computes.
    package nonisolated let library: EngineLibrary
    /// Name of the model, at most 100 characters, for photographs' metadata.
    package nonisolated let modelName: String
    /// Recommended use of the model.
    package nonisolated let use: ModelUse
    /// Whether the network listens to hints and palettes.
    package nonisolated let takesHints: Bool
    /// Loss weight in training of each cell of the a*b* plane; nil for a network that gives no
    /// distribution over them.
    package nonisolated let colorWeights: [Float]?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// The network of a safetensors file, or without one of the model that came with the program.
    ///
    /// - Throws: `WeightsError` when the file is not whole or not a network's, and when the engine
    ///   or the device is missing.
    package init(
        reading file: String? = nil, on device: Device = .automatic,
        precision: ComputingPrecision = .automatic
    ) throws(WeightsError) {
        try self.init(Weights(model: file), on: device, precision: precision)
    }

    /// The network of these weights.
    ///
    /// - Parameters:
    ///   - weights: the weights.
    ///   - device: where the network computes.
    ///   - precision: what a CPU computes in.
    ///   - library: the library that computes; nil for the one that is best for the device.
    /// - Throws: `WeightsError`, as for the weights of a file.
    package init(
        _ weights: Weights, on device: Device, precision: ComputingPrecision = .automatic,
        with library: EngineLibrary? = nil
    ) throws(WeightsError) {
        executor = ThreadExecutor(label: "network")
        use = weights.use
        let network = try NetworkKind(of: weights).network
        takesHints = network.takesHints
        colorWeights =
            network.givesDistribution ? weights.tensors["color_weights"]?.floats() : nil
        modelName = String((weights.metadata["name"] ?? "unnamed").prefix(100))
        engine =
            switch library {
            case .openVINO: try GraphEngine(weights, precision: precision)
            case .libtorch: try TensorEngine(weights, on: device)
            case nil: try Self.engine(for: weights, on: device, precision)
            }
        self.library = type(of: engine).library
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
        try engine.ab(for: planes, vividness: vividness)
    }

    /// Prediction of the network for a picture, for `ab(from:vividness:)`.
    package func prediction(for planes: InputPlanes) throws(TensorError) -> Prediction {
        try engine.prediction(for: planes)
    }

    /// The a*b* planes a prediction stands for at this vividness.
    package func ab(
        from prediction: Prediction, vividness: Double? = nil
    ) throws(TensorError) -> ChromaPlanes {
        try engine.ab(from: prediction, vividness: vividness)
    }

    /// The encoder's part of a picture, for `prediction(from:hints:palette:)`.
    package func encoding(of lightness: Plane) throws(TensorError) -> Encoding {
        try engine.encoding(of: lightness)
    }

    /// Prediction of the network for a picture whose encoding is known.
    package func prediction(
        from encoding: Encoding, hints: HintPlane? = nil, palette: [Float]? = nil
    ) throws(TensorError) -> Prediction {
        try engine.prediction(from: encoding, hints: hints, palette: palette)
    }
}

extension ColorNetwork {
    /// OpenVINO for CPUs, libtorch for GPUs, and for CPUs where there is no OpenVINO.
    private static func engine(
        for weights: Weights, on device: Device, _ precision: ComputingPrecision
    ) throws(WeightsError) -> any ColorEngine {
        if try WeightsError.wrapping({ () throws(TensorError) in try device.isGPU() }) {
            return try TensorEngine(weights, on: device)
        }
        do throws(WeightsError) {
            return try GraphEngine(weights, precision: precision)
        } catch .tensor(.libraryMissing(.openVINO, let searched)) {
            do throws(WeightsError) {
                return try TensorEngine(weights, on: .cpu)
            } catch .tensor(.libraryMissing) {
                throw .tensor(.libraryMissing(.openVINO, searched: searched))
            }
        }
    }
}
