/// The colours of a frame that lies between two keys, of what the shot's memory said at those and
/// at later keys.
///
/// Of each place the memory of the latest key counts that the motion leads to, up to `lookahead`
/// keys on, so that what the network learns of a thing holds from the thing's first frame; what
/// the motion loses on the way counts as the last key that shows it remembers it. Colours are
/// read from each key at once along the whole way there: carried from key to key they would blur.
struct ShotColors {
    let grid: ColorGrid

    /// The key at or before the frame, then all later ones.
    let keys: ArraySlice<ShotKey>

    /// How many keys on the memory is asked.
    let lookahead: Int

    /// What counts where no motion leads anywhere.
    private static let least: Float = 1e-3

    /// The colours of the first key itself.
    func atKey() -> CellColors {
        var sum = CellColorSum(grid.count)
        add(
            to: &sum, from: 0, MotionField(restingIn: grid.width, grid.height), position: 0)
        return sum.mean
    }

    /// - Parameters:
    ///   - back: from the frame to the first key.
    ///   - ahead: from the frame to the second key.
    ///   - position: how far the frame is on its way from the first to the second, 0...1.
    func between(back: MotionField, ahead: MotionField, position: Float) -> CellColors {
        var sum = CellColorSum(grid.count)
        add(to: &sum, from: 1, ahead, position: position)
        let (first, second) = (keys.startIndex, keys.startIndex + 1)
        let lost = ahead.confidence.map { 1 - $0 }
        sum.add(
            keys[first].colors, along: back,
            weights: zip(lost, back.confidence).map {
                $0 * ($1 + Self.least * (1 - position))
            })
        sum.add(
            keys[second].colors, along: ahead,
            weights: lost.map { $0 * Self.least * position })
        return sum.mean
    }

    /// Adds what the keys from the one numbered `start` on say.
    ///
    /// - Parameters:
    ///   - motion: from the frame to the key numbered `start`.
    ///   - position: the share of the step by which the last key asked moves on.
    private func add(
        to sum: inout CellColorSum, from start: Int, _ motion: MotionField, position: Float
    ) {
        let last = min(lookahead, keys.count - 1)
        let end = position > 0 ? min(lookahead + 1, keys.count - 1) : last
        var motion = motion
        for index in start...max(start, end) {
            let key = keys[keys.startIndex + index]
            guard index < end, let step = keys[keys.startIndex + index + 1].arriving else {
                let share = index > last ? position : 1
                sum.add(
                    key.colors, along: motion, weights: motion.confidence.map { share * $0 })
                return
            }
            let onward = motion.followed(by: step)
            let share = index == last ? position : 1
            sum.add(
                key.colors, along: motion,
                weights: zip(motion.confidence, onward.confidence).map { $0 - share * $1 })
            motion = onward
        }
    }
}

/// A weighted sum of colours.
private struct CellColorSum {
    private var a: [Float]
    private var b: [Float]
    private var weights: [Float]

    init(_ count: Int) {
        weights = [Float](repeating: 0, count: count)
        (a, b) = (weights, weights)
    }

    /// Adds the colours that lie where the motion leads.
    mutating func add(_ other: CellColors, along motion: MotionField, weights added: [Float]) {
        other.a.withUnsafeBufferPointer { otherA in
            other.b.withUnsafeBufferPointer { otherB in
                for y in 0..<motion.height {
                    for x in 0..<motion.width {
                        let cell = y * motion.width + x
                        let weight = added[cell]
                        guard weight > 0 else { continue }
                        let tap = CubicTap(
                            Float(x) + motion.dx[cell], Float(y) + motion.dy[cell],
                            motion.width, motion.height)
                        a[cell] += weight * tap.sample(otherA)
                        b[cell] += weight * tap.sample(otherB)
                        weights[cell] += weight
                    }
                }
            }
        }
    }

    var mean: CellColors {
        let scales = weights.map { 1 / max($0, 1e-9) }
        return CellColors(
            a: zip(a, scales).map { $0 * $1 }, b: zip(b, scales).map { $0 * $1 })
    }
}
