// libtorch's tensors as what networks compute with: only they can learn.
extension Tensor: NetworkValue {
    package static func standIn() throws(TensorError) -> Tensor { try filled(with: 0, shape: []) }

    package static func stored(
        _ tensor: StoredTensor, on device: Device
    ) throws(TensorError) -> Tensor {
        try tensor.tensor(on: device)
    }

    package static func number(
        _ value: Double, like other: Tensor
    ) throws(TensorError) -> Tensor {
        try values([Float(value)], shape: [1], on: other.device)
    }

    package static func untracked<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(TensorError) -> Result {
        try withoutGradient(body)
    }

    package func normalized(
        by norm: BatchNorm<Tensor>, mode: Mode, activation: Activation
    ) throws(TensorError) -> Tensor {
        let isTraining: Bool
        switch mode {
        case .trainingTogether(let group):
            return try normalized(by: norm, over: group).activated(by: activation)
        case .training: isTraining = true
        case .evaluation: isTraining = false
        }
        return try batchNormalized(
            weight: norm.weight, bias: norm.bias, runningMean: norm.runningMean,
            runningVariance: norm.runningVariance,
            training: isTraining, populationVariance: norm.settings.populationVariance,
            momentum: norm.settings.momentum, epsilon: norm.settings.epsilon, activation: activation
        )
    }

    /// (x - m) / sqrt(v + epsilon), m and v being mean and variance of the batches of all
    /// processes, which are of one size.
    private func normalized(
        by norm: BatchNorm<Tensor>, over group: ProcessGroup
    ) throws(TensorError) -> Tensor {
        let x = try converted(to: .float32)
        let channels = x.shape[1]
        let count = Double(x.count / channels * group.count)
        let mean = try group.mean(x.mean(over: [0, 2, 3], keepingDimensions: true))  // [1, C, 1, 1]
        let centered = try x - mean
        let variance = try group.mean(
            (centered * centered).mean(over: [0, 2, 3], keepingDimensions: true))
        try withoutGradient { () throws(TensorError) in
            let correction = norm.settings.populationVariance ? 1 : count / (count - 1)
            try Tensor.interpolate(
                [norm.runningMean, norm.runningVariance],
                towards: [
                    mean.reshaped(to: [channels]),
                    (variance * correction).reshaped(to: [channels]),
                ], by: norm.settings.momentum)
        }
        let factor =
            try norm.weight.reshaped(to: [1, channels, 1, 1])
            / (variance + norm.settings.epsilon).squareRoot()
        return try centered * factor + norm.bias.reshaped(to: [1, channels, 1, 1])
    }
}
