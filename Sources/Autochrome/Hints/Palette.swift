/// The colours that a picture is to have: the shares of the cells of the a*b* plane in it.
public struct Palette: Sendable, Equatable {
    /// By cell of `ColorBins`; they sum to 1.
    package let shares: [Float]

    /// The palette of these amounts by cell; nil where there are none.
    package init?(amounts: [Float]) {
        let sum = amounts.reduce(0, +)
        guard amounts.count == ColorBins.count, sum > 0, sum.isFinite else { return nil }
        shares = amounts.map { $0 / sum }
    }

    /// The palette of colours with their amounts; nil where there are none.
    public init?(_ colors: [(color: HintColor, share: Float)]) {
        var amounts = [Float](repeating: 0, count: ColorBins.count)
        for (color, share) in colors { Self.add(color.a, color.b, share, to: &amounts) }
        self.init(amounts: amounts)
    }

    /// The palette of a picture.
    package init?(of planes: LabPlanes) {
        var amounts = [Float](repeating: 0, count: ColorBins.count)
        let share = 1 / Float(max(planes.a.values.count, 1))
        for (a, b) in zip(planes.a.values, planes.b.values) { Self.add(a, b, share, to: &amounts) }
        self.init(amounts: amounts)
    }

    /// The mean of several palettes; nil for none.
    package init?(mean palettes: [Palette]) {
        var amounts = [Float](repeating: 0, count: ColorBins.count)
        for palette in palettes {
            for (cell, share) in palette.shares.enumerated() { amounts[cell] += share }
        }
        self.init(amounts: amounts)
    }

    private static func add(_ a: Float, _ b: Float, _ share: Float, to amounts: inout [Float]) {
        let spread = ColorBins.spread(
            a: min(max(a, -reach), reach), b: min(max(b, -reach), reach))
        for i in 0..<4 { amounts[Int(spread.cells[i])] += share * spread.parts[i] }
    }

    /// How far from grey a colour may be, on either axis: as far as the cells reach, and a little.
    package static let reach: Float = 120
}
