/// Batch normalization of `[N, C, H, W]`.
package struct BatchNorm<Value: NetworkValue> {
    /// The factor, `[C]`.
    package let weight: Value
    /// Bias, `[C]`.
    package let bias: Value
    /// `[C]`, updated by training.
    package let runningMean: Value
    /// `[C]`, updated by training.
    package let runningVariance: Value
    /// The numbers that are chosen.
    package let settings: BatchNormSettings

    /// The layer with the tensors of `parameters`: `weight`, `bias`, `running_mean` and
    /// `running_var`.
    package init(
        _ parameters: Parameters<Value>, channels: Int, _ settings: BatchNormSettings
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [channels])
        bias = try parameters.tensor("bias", [channels])
        runningMean = try parameters.tensor("running_mean", [channels])
        runningVariance = try parameters.tensor("running_var", [channels])
        self.settings = settings
    }

    /// In training mode the running statistics are updated in place. The activation follows.
    package func callAsFunction(
        _ x: Value, mode: Mode, activation: Activation = .none
    ) throws(TensorError) -> Value {
        try x.normalized(by: self, mode: mode, activation: activation)
    }

    /// The factor and the addend, `[C]` each, that evaluation mode comes down to:
    /// weight / sqrt(variance + epsilon), and bias - mean * factor.
    func affine() throws(TensorError) -> (factor: Value, addend: Value) {
        let factor = try weight / (runningVariance + settings.epsilon).squareRoot()
        return (factor, try bias - runningMean * factor)
    }
}
