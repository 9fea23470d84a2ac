/// Description of a file of weights.
public struct ModelFacts: Codable, Equatable, Sendable {
    /// The path of the file.
    public let file: String
    /// The network the weights belong to: `ChromaNetwork` or `ResNet`.
    public let network: String
    /// Number of trained parameters.
    public let parameters: Int
    /// Bytes of the tensors.
    public let bytes: Int
    /// `fp16`, `fp32` or `mixed`.
    public let precision: String
    /// Recommended use of the model.
    public let use: ModelUse
    /// Metadata of the file: training data, duration, licence and the like.
    public let metadata: [String: String]

    /// The facts of the weights in `file`, or of those that come with the program; libtorch is not
    /// needed.
    ///
    /// - Throws: `WeightsError`
    public init(of file: String?) throws(WeightsError) {
        try self.init(Weights(model: file))
    }

    /// The facts of these weights.
    ///
    /// - Throws: `WeightsError.foreign`: they are of no network here.
    package init(_ weights: Weights) throws(WeightsError) {
        file = weights.file
        network = try NetworkKind(of: weights).rawValue
        parameters = weights.parameterCount
        bytes = weights.tensors.values.map(\.data.count).reduce(0, +)
        precision = weights.precision?.rawValue ?? "mixed"
        use = weights.use
        metadata = weights.metadata
    }
}

extension Weights {
    /// Number of trained parameters: all but running statistics and colour tables.
    package var parameterCount: Int {
        tensors.filter { Self.isLearned($0.key) }.map(\.value.count).reduce(0, +)
    }

    /// Whether a tensor of this name is learnt, and not a running statistic or a table.
    package static func isLearned(_ name: String) -> Bool {
        let kept = ["running_mean", "running_var", "color_bins", "color_weights", "gains"]
        return !kept.contains(where: name.hasSuffix)
    }
}
