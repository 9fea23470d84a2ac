/// A frame and the colours it is to be painted with.
struct ColoredFrame: Sendable {
    let frame: FilmFrame
    let upsampling: GuidedUpsampling
}

/// a* and b* of every cell.
struct CellColors: Sendable {
    let a: [Float]
    let b: [Float]

    /// How colourful they are: the deviation of a* and b* and 0.37 of the length of their mean
    /// (Hasler and Suesstrunk, "Measuring colourfulness in natural images", 2003, for CIELAB).
    var colorfulness: Float {
        let count = Float(max(1, a.count))
        let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
        let variance = zip(a, b).reduce(Float(0)) { (sum: Float, color: (Float, Float)) -> Float in
            let (da, db) = (color.0 - meanA, color.1 - meanB)
            return sum + da * da + db * db
        }
        return (variance / count).squareRoot()
            + 0.37 * (meanA * meanA + meanB * meanB).squareRoot()
    }

    /// The same hues with no more chroma than sRGB shows at the cells' lightness.
    func inGamut(at lightness: Plane) -> CellColors {
        let kept = GamutMapping.chromaKept(lightness: lightness.values, a: a, b: b)
        return CellColors(a: zip(a, kept).map { $0 * $1 }, b: zip(b, kept).map { $0 * $1 })
    }

    /// The same hues with their chroma multiplied.
    func scaled(by factor: Float) -> CellColors {
        CellColors(a: a.map { factor * $0 }, b: b.map { factor * $0 })
    }
}
