/// What hints come to on a picture of a working size: how much of each pixel they colour, and how.
struct HintField {
    /// How much of each pixel is a hint's, 0...1, and its colour.
    private(set) var share: Plane
    private(set) var a: Plane
    private(set) var b: Plane
    /// The same of the hints that are for the network to hear.
    private(set) var heardShare: Plane
    private(set) var heardA: Plane
    private(set) var heardB: Plane

    /// By point: whether it has the very pixel that it points at, since no later one holds there.
    private(set) var havePixels: [Bool] = []

    private let lightness: Plane

    /// - Parameters:
    ///   - hints: of the picture.
    ///   - lightness: its L*.
    init(_ hints: Hints, over lightness: Plane) {
        self.lightness = lightness
        let none = Plane(width: lightness.width, height: lightness.height)
        (share, a, b, heardShare, heardA, heardB) = (none, none, none, none, none, none)
        for area in hints.areas { cover(area) }
        var sources = hints.strokes.map { Self.sources(of: $0, on: lightness) } ?? []
        let first = sources.count
        sources += hints.points.map { Self.source(of: $0, on: lightness) }
        guard !sources.isEmpty else { return }
        let spread = HintSpread(sources, over: lightness)
        cover(sources, as: spread)
        havePixels = sources.indices.dropFirst(first).map { spread.hasPlace($0) }
    }

    private mutating func cover(_ area: HintArea) {
        let size = SIMD2(Double(lightness.width), Double(lightness.height))
        let coverage = PolygonCoverage(
            corners: area.corners.map { $0 * size }, width: lightness.width,
            height: lightness.height
        ).onEdges(of: lightness)
        for y in coverage.rows {
            for x in coverage.columns where coverage[x, y] > 0 {
                cover(
                    y * lightness.width + x, coverage[x, y], area.color,
                    isHeard: !area.isLocal)
            }
        }
    }

    private mutating func cover(_ sources: [HintSpread.Source], as spread: HintSpread) {
        for (pixel, owner) in spread.owners.enumerated() where owner >= 0 {
            let source = sources[Int(owner)]
            let isHeard = !source.isLocal && spread.reaches[pixel] <= 1
            cover(pixel, spread.share(pixel), source.color, isHeard: isHeard)
        }
    }

    /// Lays a colour over a pixel; what lies there keeps its part of the rest.
    private mutating func cover(_ pixel: Int, _ part: Float, _ color: HintColor, isHeard: Bool) {
        func lay(_ share: inout Plane, _ a: inout Plane, _ b: inout Plane) {
            let kept = share.values[pixel] * (1 - part)
            let sum = kept + part
            a.values[pixel] = (kept * a.values[pixel] + part * color.a) / sum
            b.values[pixel] = (kept * b.values[pixel] + part * color.b) / sum
            share.values[pixel] = sum
        }
        guard part > 0 else { return }
        lay(&share, &a, &b)
        if isHeard {
            lay(&heardShare, &heardA, &heardB)
        } else {
            heardShare.values[pixel] *= 1 - part
        }
    }

    private static func source(of point: HintPoint, on lightness: Plane) -> HintSpread.Source {
        let (width, height) = (Float(lightness.width), Float(lightness.height))
        return HintSpread.Source(
            x: Float(point.x) * width, y: Float(point.y) * height,
            radius: Float(point.radius) * min(width, height), color: point.color,
            isLocal: point.isLocal)
    }

    /// A source for each pixel that strokes touch, with their mean colour there; what they hardly
    /// touch begins near its end.
    private static func sources(
        of strokes: HintStrokes, on lightness: Plane
    ) -> [HintSpread.Source] {
        var sources: [HintSpread.Source] = []
        for y in 0..<lightness.height {
            for x in 0..<lightness.width {
                guard
                    let (color, share) = strokes.mean(
                        x: x, of: lightness.width, y: y, of: lightness.height), share > 0.02
                else { continue }
                sources.append(
                    .init(
                        x: Float(x) + 0.5, y: Float(y) + 0.5, radius: HintSpread.leastRadius,
                        start: 0.9 * (1 - min(1, 4 * share)), color: color, isLocal: false))
            }
        }
        return sources
    }
}

extension HintField {
    /// What the network hears, its colours within what the lightness allows; nil for nothing.
    ///
    /// - Parameters:
    ///   - width: of the picture as the network takes it.
    ///   - height: the same.
    func heard(width: Int, height: Int) -> HintPlane? {
        guard heardShare.values.contains(where: { $0 > 0 }) else { return nil }
        let kept = GamutMapping.chromaKept(
            lightness: lightness.values, a: heardA.values, b: heardB.values)
        let size = Plane(width: lightness.width, height: lightness.height, values: kept)
        return HintPlane(
            share: heardShare, a: heardA * size, b: heardB * size, pictureWidth: width,
            pictureHeight: height)
    }

    /// The places in the hints whose colours cannot be had at the photograph's lightness, as in
    /// `points[3]`.
    static func unattainable(_ hints: Hints, over lightness: Plane) -> [String] {
        func isOut(_ x: Double, _ y: Double, _ color: HintColor) -> Bool {
            let column = min(max(Int(x * Double(lightness.width)), 0), lightness.width - 1)
            let row = min(max(Int(y * Double(lightness.height)), 0), lightness.height - 1)
            let kept = GamutMapping.chromaKept(
                lightness: [lightness[column, row]], a: [color.a], b: [color.b])
            let chroma = (color.a * color.a + color.b * color.b).squareRoot()
            // Less than a step of chroma is not to be seen.
            return (1 - kept[0]) * chroma > 2
        }
        let points = hints.points.enumerated().filter { isOut($1.x, $1.y, $1.color) }
            .map { "points[\($0.offset)]" }
        let areas = hints.areas.enumerated().filter { _, area in
            let middle = area.corners.reduce(SIMD2(), +) / Double(area.corners.count)
            return isOut(middle.x, middle.y, area.color)
        }.map { "areas[\($0.offset)]" }
        return points + areas
    }
}
