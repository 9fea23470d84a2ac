internal import Autochrome

/// Loss that training minimizes: one number, from a network's output and a batch's targets.
///
/// With several processes all of them get the same number, that of their batches together.
struct Loss {
    let settings: LossSettings
    let group: ProcessGroup?

    func callAsFunction(
        _ output: Tensor, _ batch: Batch, _ model: TrainingModel
    ) throws(TensorError) -> Tensor {
        switch settings {
        case .article: return try article(model.colors(from: output), batch.colors)
        case .huber(let delta):
            return try together(
                model.colors(from: output).huberLoss(to: batch.colors, delta: delta))
        case .crossEntropy(let regression, let delta, let vividness):
            if output.device == .cpu,
                let loss = try model.distributionLoss(
                    vividness: vividness, regression: regression, delta: delta)
            {
                return try together(quick(output, batch, loss))
            }
            let entropy = try crossEntropy(output, batch, model)
            guard regression > 0 else { return try together(entropy) }
            let distance = try model.colors(from: output, vividness: vividness)
                .huberLoss(to: batch.colors, delta: delta)
            return try together(entropy + distance * regression)
        }
    }

    /// mean((p - t)^2) + 16.7 / mean((p - mean(p))^2): the second term keeps the colours from
    /// all becoming grey.
    private func article(_ p: Tensor, _ t: Tensor) throws(TensorError) -> Tensor {
        let error = try p - t
        let centered = try p - together(p.mean())
        let variance = try together((centered * centered).mean())
        let weight = try Tensor.filled(with: 16.7, shape: [], on: p.device)
        return try together((error * error).mean()) + weight / variance
    }

    /// The two losses below and the read-out, in one pass.
    private func quick(
        _ logits: Tensor, _ batch: Batch, _ loss: DistributionLoss
    ) throws(TensorError) -> Tensor {
        guard let cells = batch.cells, let parts = batch.parts else {
            throw .invalid(
                operation: "cross-entropy", shapes: [logits.shape], reason: "there are no cells")
        }
        return try logits.loss(loss, cells: cells, parts: parts, colors: batch.colors)
    }

    /// -sum_c w_c q_c ln p_c, averaged over pixels (Zhang et al., ECCV 2016, equation 2): q is
    /// the target spread over its cells, w the weight of each cell.
    private func crossEntropy(
        _ logits: Tensor, _ batch: Batch, _ model: TrainingModel
    ) throws(TensorError) -> Tensor {
        guard let cells = batch.cells, let parts = batch.parts, let weights = model.colorWeights
        else {
            throw .invalid(
                operation: "cross-entropy", shapes: [logits.shape], reason: "there are no cells")
        }
        let shape = cells.shape
        let count = weights.shape[0]
        // One row of weights for all pixels, from which the cells of each take theirs.
        let flat = try cells.reshaped(to: [cells.count])
        let w = try weights.reshaped(to: [count]).gathered(along: 0, flat).reshaped(to: shape)
        let logarithms = try logits.converted(to: .float32).logSoftmax()
            .gathered(along: 1, cells)  // [N, 4, S/4, S/4]
        return try (logarithms * (parts * w)).mean() * -4
    }

    private func together(_ value: Tensor) throws(TensorError) -> Tensor {
        if let group { try group.mean(value) } else { value }
    }
}
