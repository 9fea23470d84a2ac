internal import Autochrome

/// A network with weights that change.
struct TrainingModel {
    let kind: NetworkKind
    /// Every tensor by name.
    let tensors: [String: Tensor]
    /// The names of those that are learnt, sorted.
    let learned: [String]
    private let network: any Network<Tensor>

    init(
        _ kind: NetworkKind, _ tensors: [String: Tensor], learning: Bool,
        frozenStages: Int = 0
    ) throws(TrainingError) {
        self.kind = kind
        self.tensors = tensors
        let frozen = ChromaLayout(tensors: tensors.keys).prefixes(ofStages: frozenStages)
        learned = tensors.keys.filter { name in
            Weights.isLearned(name) && !frozen.contains(where: name.hasPrefix)
        }.sorted()
        network = try TrainingError.wrapping {
            try kind.network.init(tensors).frozen(stages: frozenStages)
        }
        guard learning else { return }
        for name in learned {
            try TrainingError.wrapping { try tensors[name]?.requireGradient() }
        }
    }

    func callAsFunction(_ input: NetworkInput<Tensor>, mode: Mode) throws(TensorError) -> Tensor {
        try network(input, mode: mode)
    }

    /// The a*b* that an output stands for, `[N, 2, h, w]`.
    func colors(from output: Tensor, vividness: Double = 0) throws(TensorError) -> Tensor {
        let isDistribution = kind.network.givesDistribution
        return try network.colors(
            from: isDistribution ? output.converted(to: .float32) : output,
            vividness: isDistribution ? vividness : nil)
    }

    /// The weights of the colour cells, `[261]`; nil for a network without.
    var colorWeights: Tensor? { tensors["color_weights"] }

    /// The loss of this network's distribution; nil for a network without.
    func distributionLoss(
        vividness: Double, regression: Double, delta: Double
    ) throws(TensorError) -> DistributionLoss? {
        guard let bins = tensors["color_bins"], let weights = colorWeights else { return nil }
        let (gain, boost) = ReadoutRule.gains(try tensors["gains"]?.floats(), vividness: vividness)
        return DistributionLoss(
            bins: bins, weights: weights, vividness: vividness, gain: gain, boost: boost,
            regression: regression, delta: delta)
    }

    /// The learnt tensors, in the order of `learned`.
    var parameters: [Tensor] { learned.compactMap { tensors[$0] } }

    static func shapes(
        of kind: NetworkKind, _ encoder: ChromaLayout
    ) throws(TrainingError) -> [String: [Int]] {
        try TrainingError.wrapping { try kind.network.parameterShapes(encoder) }
    }
}
