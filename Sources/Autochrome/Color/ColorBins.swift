/// The cells into which the network sorts colours: a grid of a*b*, 10 units wide, as far as sRGB
/// reaches.
///
/// A cell is there when some 8-bit sRGB colour's a*b*, rounded to the grid, is its centre: 261
/// of them, sorted by a*, then b* (Zhang, Isola and Efros, "Colorful Image Colorization", ECCV
/// 2016, section 2.1, who find 313 in a gamut drawn more widely).
package enum ColorBins {
    /// The distance between neighbouring cells, in units of a*b*.
    package static let step = 10

    /// Number of them.
    package static let count = centers.count

    /// The a*b* of each cell's middle.
    package static let centers: [SIMD2<Float>] = rows.flatMap { row in
        stride(from: row.firstB, through: row.lastB, by: step).map { b in
            SIMD2(Float(row.a), Float(b))
        }
    }

    /// Up to four cells and what part of a colour each takes; a cell that takes none is 0.
    package typealias Spread = (cells: SIMD4<Int32>, parts: SIMD4<Float>)

    /// Spreads a colour over the four cells around it, bilinearly; what would go to places
    /// outside the gamut is shared by the others in proportion. The parts add up to 1.
    @inline(__always)
    package static func spread(a: Float, b: Float) -> Spread {
        let (gridA, gridB) = (a / Float(step), b / Float(step))
        let (lowA, lowB) = (gridA.rounded(.down), gridB.rounded(.down))
        let (fa, fb) = (gridA - lowA, gridB - lowB)
        let start = (Int(lowA) + reach) * width + Int(lowB) + reach
        let cells = SIMD4(
            table[start], table[start + 1], table[start + width], table[start + width + 1])
        var parts = SIMD4((1 - fa) * (1 - fb), (1 - fa) * fb, fa * (1 - fb), fa * fb)
        parts.replace(with: 0, where: cells .< 0)
        let sum = parts.sum()
        guard sum > 0 else { return (SIMD4(nearest(a: a, b: b), 0, 0, 0), SIMD4(1, 0, 0, 0)) }
        return (cells.replacing(with: 0, where: cells .< 0), parts / sum)
    }

    /// The cell whose middle is nearest.
    package static func nearest(a: Float, b: Float) -> Int32 {
        var best = (cell: Int32(0), distance: Float.infinity)
        for (cell, center) in centers.enumerated() {
            let offset = center - SIMD2(a, b)
            let distance = (offset * offset).sum()
            if distance < best.distance { best = (Int32(cell), distance) }
        }
        return best.cell
    }

    /// For each a*, from where to where b* goes: found by rounding all 2^24 colours, which a test
    /// does again.
    private static let rows: [(a: Int, firstB: Int, lastB: Int)] = [
        (-90, 80, 80), (-80, 40, 80), (-70, 20, 90), (-60, 0, 90), (-50, -20, 90),
        (-40, -30, 90), (-30, -40, 90), (-20, -40, 90), (-10, -50, 90), (0, -60, 90),
        (10, -70, 80), (20, -70, 80), (30, -80, 80), (40, -90, 80), (50, -90, 70),
        (60, -100, 70), (70, -110, 70), (80, -110, 70), (90, -90, 0), (100, -70, -50),
    ]

    /// Number of grid steps from zero in each direction.
    private static let reach = 13
    private static let width = 2 * reach + 1

    /// The cell at each place of the grid, row by row of a*; -1 outside the gamut.
    private static let table: [Int32] = {
        var table = [Int32](repeating: -1, count: width * width)
        for (cell, center) in centers.enumerated() {
            table[(Int(center.x) / step + reach) * width + Int(center.y) / step + reach] =
                Int32(cell)
        }
        return table
    }()
}
