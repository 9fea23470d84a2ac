/// Decides whether a frame begins a new shot.
///
/// Three signs, since each alone is fooled: motion does not explain the picture (a fast movement
/// may not, either), and its lightnesses are others or lie elsewhere (which a lamp switched on
/// does to one shot, too).
package enum ShotCut {
    /// The share of the frame that motion must leave unexplained.
    private static let unexplained: Float = 0.5

    /// The share of pixels that must change their tenth of the lightness scale.
    private static let moved: Float = 0.25

    /// The mean change of L* of a small picture.
    private static let change: Float = 9

    /// Whether between two frames the scene changes.
    ///
    /// - Parameters:
    ///   - earlier: the first of the two.
    ///   - later: the one after it.
    ///   - motion: from the later frame to the earlier.
    package static func isBetween(
        _ earlier: Glimpse, _ later: Glimpse, motion: MotionField
    ) -> Bool {
        guard motion.unexplained > unexplained else { return false }
        let (before, after) = (earlier.light.values, later.light.values)
        let difference = zip(before, after).reduce(0) { $0 + abs($1.0 - $1.1) }
        let isOther = histogramDistance(before, after) > moved
        return isOther || difference / Float(before.count) > change
    }

    /// Half the sum of the differences of two histograms, 0...1.
    private static func histogramDistance(_ first: [Float], _ second: [Float]) -> Float {
        var bins = [Float](repeating: 0, count: 11)
        for value in first { bins[min(max(Int(value / 10), 0), 10)] += 1 }
        for value in second { bins[min(max(Int(value / 10), 0), 10)] -= 1 }
        return bins.reduce(0) { $0 + abs($1) } / Float(2 * max(1, first.count))
    }
}
