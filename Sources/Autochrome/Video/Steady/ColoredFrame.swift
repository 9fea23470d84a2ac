/// A frame and the colours it is to be painted with.
struct ColoredFrame: Sendable {
    let frame: FilmFrame
    let upsampling: GuidedUpsampling
}

/// a* and b* of every cell.
struct CellColors: Sendable {
    var a: [Float]
    var b: [Float]

    /// These colours where `weight` is 1, the others where it is 0.
    func mixed(with other: CellColors, weight: [Float]) -> CellColors {
        var result = self
        for i in a.indices {
            result.a[i] = other.a[i] + weight[i] * (a[i] - other.a[i])
            result.b[i] = other.b[i] + weight[i] * (b[i] - other.b[i])
        }
        return result
    }

    /// The mean square of chroma over the cells.
    var meanSquareChroma: Float {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 } / Float(max(1, a.count))
    }

    /// The same hues with their chroma multiplied.
    func scaled(by factor: Float) -> CellColors {
        CellColors(a: a.map { factor * $0 }, b: b.map { factor * $0 })
    }

    /// As another frame sees them.
    func carried(along motion: MotionField) -> CellColors {
        CellColors(a: motion.carried(a), b: motion.carried(b))
    }
}
