/// Turns logits over the cells of the a*b* plane into one a*b* (Zhang et al., ECCV 2016, the
/// annealed mean of section 2.3, here with a part of the rebalancing taken back).
package struct Readout<Value: NetworkValue> {
    private let colorBins: Value
    private let colorWeights: Value
    /// `[2]`: the gain G where the distribution is torn, at a vividness of 0.5; by how much more
    /// all is multiplied at a vividness of 1. Nil where the cells have the gain in them.
    private let gains: Value?

    init(_ parameters: Parameters<Value>, hasGains: Bool = false) throws(WeightsError) {
        let count = ColorBins.count
        colorBins = try parameters.tensor("color_bins", [count, 2])
        colorWeights = try parameters.tensor("color_weights", [count])
        gains = hasGains ? try parameters.tensor("gains", [2]) : nil
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
    ///   - vividness: one number, the share of the rebalancing that is kept: 1 all (vivid), 0 none
    ///     (plain)
    /// - Returns: `[N, 2, h, w]`
    package func ab(from logits: Value, vividness: Value) throws(TensorError) -> Value {
        let count = ColorBins.count
        let taken = try vividness.scaled(by: -1, plus: 1) * colorWeights.logarithm()
        let shares = try
            ((logits - taken.reshaped(to: [1, count, 1, 1])) / ReadoutRule.temperature)
            .softmax(over: 1).flattened()  // [N, 261, h w]
        let cells = try colorBins.transposed()  // [2, 261]
        var ab = try cells.matrixProduct(shares)  // [N, 2, h w]
        if let gains {
            let squares = try (cells * cells).sum(over: [0], keepingDimensions: true)  // [1, 261]
            let square = try squares.matrixProduct(shares)  // [N, 1, h w]
            let torn =
                try (square - (ab * ab).sum(over: [1], keepingDimensions: true))
                / (square + ReadoutRule.faint)
            let all = try vividness.scaled(by: 2, plus: -1).relu()  // 0 up to 0.5, 1 at 1
            let some = try vividness.scaled(by: 2, plus: 0) - all  // 1 from 0.5 on
            let gain = try (gains.narrowed(dimension: 0, to: 0..<1) + -1.0) * some
            let boost = try (gains.narrowed(dimension: 0, to: 1..<2) + -1.0) * all + 1.0
            ab = try ab * ((torn * gain + 1.0) * boost)
        }
        return try ab.unflattened(like: logits)
    }
}
