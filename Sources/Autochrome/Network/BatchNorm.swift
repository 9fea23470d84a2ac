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

        package init(momentum: Double, epsilon: Double, populationVariance: Bool = false) {
            self.momentum = momentum
            self.epsilon = epsilon
            self.populationVariance = populationVariance
        }
    }

    /// `[C]` each.
    package let weight: Tensor
    package let bias: Tensor
    package let runningMean: Tensor
    package let runningVariance: Tensor
    package let settings: Settings

    package init(
        _ parameters: Parameters, channels: Int, _ settings: Settings
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [channels])
        bias = try parameters.tensor("bias", [channels])
        runningMean = try parameters.tensor("running_mean", [channels])
        runningVariance = try parameters.tensor("running_var", [channels])
        self.settings = settings
    }

    /// In training mode the running statistics are updated in place.
    package func callAsFunction(_ x: Tensor, mode: Mode) throws(TensorError) -> Tensor {
        try x.batchNormalized(
            weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
            training: mode == .training, populationVariance: settings.populationVariance,
            momentum: settings.momentum, epsilon: settings.epsilon)
    }

    /// The factor and the addend, `[C]` each, that evaluation mode comes down to:
    /// weight / sqrt(variance + epsilon), and bias - mean * factor.
    func affine() throws(TensorError) -> (factor: Tensor, addend: Tensor) {
        let factor = try weight / (runningVariance + settings.epsilon).squareRoot()
        return (factor, try bias - runningMean * factor)
    }
}
