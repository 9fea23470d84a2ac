internal import CTorch

/// Loss of a distribution over colour cells in training.
package struct DistributionLoss {
    /// a*b* of each cell, `[C, 2]`.
    package let bins: Tensor
    /// Each cell's weight in the cross-entropy, `[C]`.
    package let weights: Tensor
    /// Vividness of the read-out.
    package let vividness: Double
    /// By how much a colour is multiplied where the distribution is torn.
    package let gain: Double
    /// By how much it is multiplied everywhere.
    package let boost: Double
    /// The factor of Huber's loss.
    package let regression: Double
    /// Where Huber's loss begins to be linear.
    package let delta: Double

    /// The loss with these numbers.
    package init(
        bins: Tensor, weights: Tensor, vividness: Double, gain: Double, boost: Double,
        regression: Double, delta: Double
    ) {
        (self.bins, self.weights, self.vividness) = (bins, weights, vividness)
        (self.gain, self.boost) = (gain, boost)
        (self.regression, self.delta) = (regression, delta)
    }
}

extension Tensor {
    /// The rebalanced cross-entropy of logits `[N, C, h, w]` and Huber's loss of their colours, one
    /// number: what its parts come to by single operations, in one pass over memory. On a CPU only.
    ///
    /// - Parameters:
    ///   - loss: how the distribution is judged.
    ///   - cells: the four cells of each target, `[N, 4, h, w]`, of whole numbers
    ///   - parts: their parts
    ///   - colors: the targets' a*b*, `[N, 2, h, w]`
    package func loss(
        _ loss: DistributionLoss, cells: Tensor, parts: Tensor, colors: Tensor
    ) throws(TensorError) -> Tensor {
        try Torch.make(
            "loss of a distribution", [self, cells, parts, colors, loss.bins, loss.weights]
        ) { table, error in
            var distribution = ctorch_distribution(
                bins: loss.bins.handle, weights: loss.weights.handle, vividness: loss.vividness,
                temperature: ReadoutRule.temperature, gain: loss.gain, boost: loss.boost,
                regression: loss.regression, delta: loss.delta)
            return table.pointee.distribution_loss(
                handle, cells.handle, parts.handle, colors.handle, &distribution, error)
        }
    }
}
