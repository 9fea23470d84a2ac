internal import Autochrome

/// Adam or AdamW over a model's learnt tensors, the encoder at a rate of its own, with the moving
/// average of the weights.
struct Optimizer {
    private struct Group {
        let tensors: [Tensor]
        let first: [Tensor]
        let second: [Tensor]
        let factor: Double
    }

    private let settings: OptimizerSettings
    private let model: TrainingModel
    private let groups: [Group]
    /// Running means of gradients and of their squares, by the names of `model.learned`.
    private let first: [String: Tensor]
    private let second: [String: Tensor]
    /// The averaged weights; nil without an average.
    let averages: [String: Tensor]?

    init(_ model: TrainingModel, _ settings: OptimizerSettings) throws(TensorError) {
        self.settings = settings
        self.model = model
        var (first, second, averages): ([String: Tensor], [String: Tensor], [String: Tensor]) =
            ([:], [:], [:])
        for name in model.learned {
            guard let tensor = model.tensors[name] else { continue }
            first[name] = try tensor.zeros()
            second[name] = try tensor.zeros()
            guard settings.average != nil else { continue }
            averages[name] = try tensor.zeros()
            try averages[name]?.copyValues(of: tensor)
        }
        let (encoder, others) = (
            model.learned.filter { $0.hasPrefix("encoder.") },
            model.learned.filter { !$0.hasPrefix("encoder.") }
        )
        groups = [(encoder, settings.encoderFactor), (others, 1)].map { names, factor in
            Group(
                tensors: names.compactMap { model.tensors[$0] },
                first: names.compactMap { first[$0] }, second: names.compactMap { second[$0] },
                factor: factor)
        }
        (self.first, self.second) = (first, second)
        self.averages = settings.average == nil ? nil : averages
    }

    /// Moves the weights by their gradients, whose Euclidean norm is `norm`; `step` is 0 for the
    /// first.
    func move(rate: Double, step: Int, norm: Double) throws(TensorError) {
        if let largest = settings.clip, norm > largest {
            try Tensor.scaleGradients(of: model.parameters, by: largest / norm)
        }
        for group in groups {
            let adam = AdamSettings(
                learningRate: rate * group.factor, beta1: settings.beta1, beta2: settings.beta2,
                epsilon: settings.epsilon, weightDecay: settings.weightDecay,
                isDecoupled: settings.isDecoupled)
            try adam.move(
                group.tensors, firstMoments: group.first, secondMoments: group.second,
                step: step + 1)
        }
        try updateAverages(step: step)
    }

    /// An average over fewer steps at the beginning, which else would be all but the start.
    private func updateAverages(step: Int) throws(TensorError) {
        guard let share = settings.average, let averages else { return }
        let kept = min(share, Double(1 + step) / Double(10 + step))
        try Tensor.interpolate(
            model.learned.compactMap { averages[$0] }, towards: model.parameters, by: 1 - kept)
    }

    /// The state that is needed to resume, by name.
    var state: [String: Tensor] {
        var state: [String: Tensor] = [:]
        for (name, tensor) in first { state["adam.first.\(name)"] = tensor }
        for (name, tensor) in second { state["adam.second.\(name)"] = tensor }
        for (name, tensor) in averages ?? [:] { state["average.\(name)"] = tensor }
        return state
    }
}
