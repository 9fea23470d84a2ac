/// Turns logits over the cells of the a*b* plane into one a*b* (Zhang et al., ECCV 2016, the
/// annealed mean of section 2.3, here with a part of the rebalancing taken back).
package struct Readout {
    /// Zhang's temperature: between the mean, which is grey, and the likeliest cell, which jumps.
    package static let temperature = 0.38

    private let colorBins: Tensor
    private let colorWeights: Tensor

    init(_ parameters: Parameters) throws(WeightsError) {
        let count = ColorBins.count
        colorBins = try parameters.tensor("color_bins", [count, 2])
        colorWeights = try parameters.tensor("color_weights", [count])
    }

    /// p = softmax((logits - (1 - vividness) ln w) / 0.38); a*b* = the p-weighted mean of the
    /// cells.
    ///
    /// - Parameters:
    ///   - logits: `[N, 261, h, w]`, of the rebalanced distribution
    ///   - vividness: the share of the rebalancing that is kept: 1 all (vivid), 0 none (plain)
    /// - Returns: `[N, 2, h, w]`
    package func ab(from logits: Tensor, vividness: Double) throws(TensorError) -> Tensor {
        let shape = logits.shape
        let count = ColorBins.count
        let taken = try colorWeights.logarithm().scaled(by: 1 - vividness, plus: 0)
        let shares = try ((logits - taken.reshaped(to: [1, count, 1, 1])) / Self.temperature)
            .softmax()
            .reshaped(to: [shape[0], count, shape[2] * shape[3]])
        return try colorBins.transposed().matrixProduct(shares)
            .reshaped(to: [shape[0], 2, shape[2], shape[3]])
    }
}
