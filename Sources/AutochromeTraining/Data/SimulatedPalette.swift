internal import Autochrome

/// The shares of the 261 cells that a person might ask for: a photograph's own, blurred over the
/// a*b* plane.
package struct SimulatedPalette: Sendable {
    /// By cell; they sum to 1.
    let shares: [Float]
    /// The share that another photograph's palette has in what is asked for.
    private let mixing: Float

    /// - Parameters:
    ///   - cells: `[4, places]` of the photograph.
    ///   - parts: that each place has in its cells, `[4, places]`.
    init(
        cells: [Int64], parts: [Float], _ settings: PaletteSettings,
        _ generator: inout SeededGenerator
    ) {
        var counts = [Float](repeating: 0, count: ColorBins.count)
        for (cell, part) in zip(cells, parts) { counts[Int(cell)] += part }
        let deviation = settings.blur * generator.uniform()
        let blurred = deviation < 1 ? counts : Self.blurred(counts, deviation)
        let sum = blurred.reduce(0, +)
        shares = blurred.map { $0 / max(sum, 1e-6) }
        mixing = Float(settings.mixing * generator.uniform())
    }

    /// As a network takes it, `[262]`: the shares, those of `other` mixed in, and 1.
    func plane(mixedWith other: SimulatedPalette) -> [Float] {
        zip(shares, other.shares).map { $0 + mixing * ($1 - $0) } + [1]
    }

    private static func blurred(_ counts: [Float], _ deviation: Double) -> [Float] {
        let centers = ColorBins.centers
        let factor = Float(-1 / (2 * deviation * deviation))
        var result = [Float](repeating: 0, count: counts.count)
        for (cell, count) in counts.enumerated() where count > 0 {
            let raw = centers.map { center in
                let (x, y) = (center.x - centers[cell].x, center.y - centers[cell].y)
                return Float(exponential(Double(factor * (x * x + y * y))))
            }
            let share = count / raw.reduce(0, +)
            for (other, weight) in raw.enumerated() { result[other] += share * weight }
        }
        return result
    }
}
