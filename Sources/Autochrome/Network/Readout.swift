/// Turns logits over the cells of the a*b* plane into one a*b* (Zhang et al., ECCV 2016, the
/// annealed mean of section 2.3, here with a part of the rebalancing taken back).
package struct Readout {
    /// Zhang's temperature: between the mean, which is grey, and the likeliest cell, which jumps.
    package static let temperature = 0.38
    /// How much of the rebalancing is kept when nothing is asked for.
    package static let defaultVividness = 0.5
    /// Where half of the gain is had, in a*b* squared: the square of a chroma of 8.
    private static let faint = 64.0

    private let colorBins: Tensor
    private let colorWeights: Tensor
    /// `[2]`: the gain G where the distribution is torn, at a vividness of 0.5; by how much more
    /// all is multiplied at a vividness of 1. Nil where the cells have the gain in them.
    private let gains: Tensor?

    init(_ parameters: Parameters, hasGains: Bool = false) throws(WeightsError) {
        let count = ColorBins.count
        colorBins = try parameters.tensor("color_bins", [count, 2])
        colorWeights = try parameters.tensor("color_weights", [count])
        gains = hasGains ? try parameters.tensor("gains", [2]) : nil
    }

    /// g and s below, of the stored gains; 1 and 1 where there are none.
    package static func gains(_ gains: [Float]?, vividness: Double) -> (gain: Double, boost: Double)
    {
        guard let gains, gains.count == 2 else { return (1, 1) }
        let (some, all) = (min(1, 2 * vividness), max(0, 2 * vividness - 1))
        return (1 + some * (Double(gains[0]) - 1), 1 + all * (Double(gains[1]) - 1))
    }

    /// p = softmax((logits - (1 - vividness) ln w) / 0.38); a*b* = the p-weighted mean E c of the
    /// cells c.
    ///
    /// With gains: E c (1 + (g - 1) u) s, where u = (E|c|^2 - |E c|^2) / (E|c|^2 + 64) is near 1
    /// where the distribution is torn and 0 where it is sure, g goes from 1 at a vividness of 0 to
    /// G at 0.5, and s from 1 at 0.5 to the second gain at 1.
    ///
    /// - Parameters:
    ///   - logits: `[N, 261, h, w]`, of the rebalanced distribution
    ///   - vividness: the share of the rebalancing that is kept: 1 all (vivid), 0 none (plain)
    /// - Returns: `[N, 2, h, w]`
    package func ab(from logits: Tensor, vividness: Double) throws(TensorError) -> Tensor {
        let shape = logits.shape
        let (n, places, count) = (shape[0], shape[2] * shape[3], ColorBins.count)
        let taken = try colorWeights.logarithm().scaled(by: 1 - vividness, plus: 0)
        let shares = try ((logits - taken.reshaped(to: [1, count, 1, 1])) / Self.temperature)
            .softmax()
            .reshaped(to: [n, count, places])
        let cells = try colorBins.transposed()  // [2, 261]
        var ab = try cells.matrixProduct(shares)  // [N, 2, h w]
        if let gains {
            let squares = try (cells * cells).sum(over: [0], keepingDimensions: true)  // [1, 261]
            let square = try squares.matrixProduct(shares)  // [N, 1, h w]
            let torn =
                try (square - (ab * ab).sum(over: [1], keepingDimensions: true))
                / (square + Self.faint)
            let (some, all) = (min(1, 2 * vividness), max(0, 2 * vividness - 1))
            let gain = try gains.narrowed(dimension: 0, to: 0..<1).scaled(by: some, plus: -some)
            let boost = try gains.narrowed(dimension: 0, to: 1..<2).scaled(by: all, plus: 1 - all)
            ab = try ab * ((torn * gain + 1) * boost)
        }
        return try ab.reshaped(to: [n, 2, shape[2], shape[3]])
    }
}
