/// Loss weights of the colour cells that rebalance rare colours.
///
/// Zhang et al., ECCV 2016, equation 4, without its smoothing: w = 1 / (0.5 p + 0.5 / Q), p being
/// the cells' shares in the training photographs and Q their number; scaled so that the mean of
/// w, weighted by p, is 1; and then at most 8.
package enum ColorRebalancing {
    /// The largest weight.
    package static let largest = 8.0

    /// The weights of cells that were seen `counts` times, in any unit; all 1 when none was.
    package static func weights(ofCounts counts: [UInt64]) -> [Double] {
        let total = counts.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return counts.map { _ in 1 } }
        let shares = counts.map { Double($0) / total }
        let raw = shares.map { 1 / (0.5 * $0 + 0.5 / Double(counts.count)) }
        let mean = zip(shares, raw).reduce(0) { $0 + $1.0 * $1.1 }
        return raw.map { min($0 / mean, largest) }
    }
}
