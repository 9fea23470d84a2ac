// A graph under construction as what networks compute with: it colours, and does not learn.
extension GraphTensor: NetworkValue {
    package static func standIn() throws(TensorError) -> GraphTensor {
        try values([0], shape: [])
    }

    /// The device does not matter: where a graph runs is up to who runs it.
    package static func stored(
        _ tensor: StoredTensor, on device: Device
    ) throws(TensorError) -> GraphTensor {
        try values(tensor.floats(), shape: tensor.shape)
    }

    package static func number(
        _ value: Double, like other: GraphTensor
    ) throws(TensorError) -> GraphTensor {
        try values([Float(value)], shape: [1])
    }

    package static func untracked<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(TensorError) -> Result {
        try body()
    }

    package func normalized(
        by norm: BatchNorm<GraphTensor>, mode: Mode, activation: Activation
    ) throws(TensorError) -> GraphTensor {
        let isTraining = if case .evaluation = mode { false } else { true }
        return try batchNormalized(
            weight: norm.weight, bias: norm.bias, runningMean: norm.runningMean,
            runningVariance: norm.runningVariance, training: isTraining,
            momentum: norm.settings.momentum, epsilon: norm.settings.epsilon
        ).activated(by: activation)
    }

    /// `[..., I]` times the transpose of `weight` `[O, I]`, plus `bias` `[O]`: `[..., O]`.
    package func linear(
        weight: GraphTensor, bias: GraphTensor?
    ) throws(TensorError) -> GraphTensor {
        let product = try matrixProduct(weight.transposed())
        return if let bias { try product + bias } else { product }
    }

    package func placeDistances() throws(TensorError) -> GraphTensor {
        try GraphTensor.distances(of: self)
    }

    /// This one: a graph leaves the order in memory to who runs it.
    package func channelsLast() throws(TensorError) -> GraphTensor { self }
}
