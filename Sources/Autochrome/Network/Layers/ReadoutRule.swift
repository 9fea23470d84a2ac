/// The numbers by which a distribution over the cells of the a*b* plane becomes one colour.
package enum ReadoutRule {
    /// Zhang's temperature: between the mean, which is grey, and the likeliest cell, which jumps.
    package static let temperature = 0.38
    /// Default share of the rebalancing that is kept.
    package static let defaultVividness = 0.5
    /// Where half of the gain is had, in a*b* squared: the square of a chroma of 8.
    static let faint = 64.0

    /// The gain where a distribution is torn, and that everywhere, of the stored gains at a
    /// vividness; 1 and 1 where there are none.
    package static func gains(
        _ gains: [Float]?, vividness: Double
    ) -> (torn: Double, everywhere: Double) {
        guard let gains, gains.count == 2 else { return (1, 1) }
        let (some, all) = (min(1, 2 * vividness), max(0, 2 * vividness - 1))
        return (1 + some * (Double(gains[0]) - 1), 1 + all * (Double(gains[1]) - 1))
    }
}
