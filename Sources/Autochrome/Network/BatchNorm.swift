/// Batch normalization of `[N, C, H, W]`.
package struct BatchNorm {
    /// The numbers that are chosen, not learned.
    package struct Settings: Sendable {
        /// The share by which the running statistics move towards a batch's.
        package let momentum: Double
        /// What keeps the variance from zero.
        package let epsilon: Double
        /// Whether the running variance gathers the population's (n) or a sample's (n - 1).
        package let populationVariance: Bool

        /// Numbers that the layer keeps to.
        package init(momentum: Double, epsilon: Double, populationVariance: Bool = false) {
            self.momentum = momentum
            self.epsilon = epsilon
            self.populationVariance = populationVariance
        }
    }

    /// The factor, `[C]`.
    package let weight: Tensor
    /// What is added, `[C]`.
    package let bias: Tensor
    /// `[C]`, updated by training.
    package let runningMean: Tensor
    /// `[C]`, updated by training.
    package let runningVariance: Tensor
    /// The numbers that are chosen.
    package let settings: Settings

    /// The layer with the tensors of `parameters`: `weight`, `bias`, `running_mean` and
    /// `running_var`.
    package init(
        _ parameters: Parameters, channels: Int, _ settings: Settings
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [channels])
        bias = try parameters.tensor("bias", [channels])
        runningMean = try parameters.tensor("running_mean", [channels])
        runningVariance = try parameters.tensor("running_var", [channels])
        self.settings = settings
    }

    /// In training mode the running statistics are updated in place. The activation follows.
    package func callAsFunction(
        _ x: Tensor, mode: Mode, activation: Activation = .none
    ) throws(TensorError) -> Tensor {
        let isTraining: Bool
        switch mode {
        case .trainingTogether(let group):
            return try normalized(x, over: group).activated(by: activation)
        case .training: isTraining = true
        case .evaluation: isTraining = false
        }
        return try x.batchNormalized(
            weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
            training: isTraining, populationVariance: settings.populationVariance,
            momentum: settings.momentum, epsilon: settings.epsilon, activation: activation)
    }

    /// (x - m) / sqrt(v + epsilon), m and v being mean and variance of the batches of all
    /// processes, which are of one size.
    private func normalized(_ x: Tensor, over group: ProcessGroup) throws(TensorError) -> Tensor {
        let x = try x.converted(to: .float32)
        let channels = x.shape[1]
        let count = Double(x.count / channels * group.count)
        let mean = try group.mean(x.mean(over: [0, 2, 3], keepingDimensions: true))  // [1, C, 1, 1]
        let centered = try x - mean
        let variance = try group.mean(
            (centered * centered).mean(over: [0, 2, 3], keepingDimensions: true))
        try withoutGradient { () throws(TensorError) in
            let correction = settings.populationVariance ? 1 : count / (count - 1)
            try Tensor.interpolate(
                [runningMean, runningVariance],
                towards: [
                    mean.reshaped(to: [channels]),
                    (variance * correction).reshaped(to: [channels]),
                ], by: settings.momentum)
        }
        let factor =
            try weight.reshaped(to: [1, channels, 1, 1])
            / (variance + settings.epsilon).squareRoot()
        return try centered * factor + bias.reshaped(to: [1, channels, 1, 1])
    }

    /// The factor and the addend, `[C]` each, that evaluation mode comes down to:
    /// weight / sqrt(variance + epsilon), and bias - mean * factor.
    func affine() throws(TensorError) -> (factor: Tensor, addend: Tensor) {
        let factor = try weight / (runningVariance + settings.epsilon).squareRoot()
        return (factor, try bias - runningMean * factor)
    }
}
