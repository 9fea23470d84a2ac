internal import Autochrome

/// The colours that a person might point at in a photograph, at full size: where, and which.
///
/// Later hints override earlier ones.
struct SimulatedHints {
    private let width: Int
    private let height: Int
    private var a: [Float]
    private var b: [Float]
    private var isHinted: [Bool]

    /// Points, and at times an area, with the photograph's own colours.
    init(
        of planes: LabPlanes, _ settings: HintSettings, _ generator: inout SeededGenerator
    ) {
        (width, height) = (planes.a.width, planes.a.height)
        a = [Float](repeating: 0, count: width * height)
        b = a
        isHinted = [Bool](repeating: false, count: width * height)
        if generator.uniform() < settings.areas { addArea(of: planes, settings, &generator) }
        for _ in 0..<Self.pointCount(settings, &generator) {
            addPoint(of: planes, settings, &generator)
        }
    }

    /// The number of points.
    private static func pointCount(
        _ settings: HintSettings, _ generator: inout SeededGenerator
    ) -> Int {
        let (isMany, number) = (generator.uniform() < 0.25, generator.uniform())
        if isMany { return Int(exponential(number * logarithm(8 * settings.points + 1))) }
        // Geometric: ln(u) / ln(1 - p), rounded up.
        let miss = 1 - 1 / settings.points
        guard miss > 0 else { return 1 }
        return max(1, Int((logarithm(max(number, 1e-9)) / logarithm(miss)).rounded(.up)))
    }

    /// A square of 1 to 9 pixels with its mean colour. Half of the points lie around the centre.
    private mutating func addPoint(
        of planes: LabPlanes, _ settings: HintSettings, _ generator: inout SeededGenerator
    ) {
        let side = 1 + generator.whole(below: 9)
        let isCentral = generator.uniform() < 0.5
        func place(in size: Int) -> Int {
            let free = max(0, size - side)
            guard isCentral else { return generator.whole(below: free + 1) }
            let middle = Double(free) * (0.5 + 0.25 * Double(generator.normal()))
            return min(max(Int(middle), 0), free)
        }
        let (left, top) = (place(in: width), place(in: height))
        var places: [Int] = []
        for y in top..<min(top + side, height) {
            places += (left..<min(left + side, width)).map { y * width + $0 }
        }
        set(places, of: planes, settings, &generator)
    }

    /// Area of similar colour within an ellipse around a place, as by a lasso.
    private mutating func addArea(
        of planes: LabPlanes, _ settings: HintSettings, _ generator: inout SeededGenerator
    ) {
        let (x, y) = (generator.whole(below: width), generator.whole(below: height))
        let radii = (0..<2).map { _ in
            Float(min(width, height)) * Float(0.05 + 0.2 * generator.uniform())
        }
        let (atA, atB) = (planes.a.values[y * width + x], planes.b.values[y * width + x])
        var places: [Int] = []
        for row in 0..<height {
            for column in 0..<width {
                let (dx, dy) = (Float(column - x) / radii[0], Float(row - y) / radii[1])
                guard dx * dx + dy * dy <= 1 else { continue }
                let place = row * width + column
                let (da, db) = (planes.a.values[place] - atA, planes.b.values[place] - atB)
                if da * da + db * db < 100 { places.append(place) }
            }
        }
        set(places, of: planes, settings, &generator)
    }

    /// Gives places their mean colour, a little off, since people are no oracles.
    private mutating func set(
        _ places: [Int], of planes: LabPlanes, _ settings: HintSettings,
        _ generator: inout SeededGenerator
    ) {
        let count = Float(max(places.count, 1))
        let jitter = Float(settings.jitter)
        let meanA = places.reduce(0) { $0 + planes.a.values[$1] } / count
        let meanB = places.reduce(0) { $0 + planes.b.values[$1] } / count
        let (hintA, hintB) = (
            meanA + jitter * generator.normal(), meanB + jitter * generator.normal()
        )
        for place in places { (a[place], b[place], isHinted[place]) = (hintA, hintB, true) }
    }

    /// As a network takes them, `[3, height / 4, width / 4]`: the mean a* and b* of the hinted
    /// pixels of each square of 4 x 4, in hundredths, and their share.
    var plane: [Float] {
        let (columns, rows) = (width / 4, height / 4)
        let count = columns * rows
        var plane = [Float](repeating: 0, count: 3 * count)
        for place in 0..<count {
            let (left, top) = (4 * (place % columns), 4 * (place / columns))
            var (sumA, sumB, hinted): (Float, Float, Float) = (0, 0, 0)
            for y in top..<top + 4 {
                for pixel in y * width + left..<y * width + left + 4 where isHinted[pixel] {
                    (sumA, sumB, hinted) = (sumA + a[pixel], sumB + b[pixel], hinted + 1)
                }
            }
            guard hinted > 0 else { continue }
            plane[place] = sumA / hinted / HintPlane.scale
            plane[count + place] = sumB / hinted / HintPlane.scale
            plane[2 * count + place] = hinted / 16
        }
        return plane
    }
}
