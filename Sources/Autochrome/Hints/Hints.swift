internal import Crypto

/// What a person says of the colours of one picture.
///
/// Areas lie below points, and of either the later lies over the earlier. A picture of strokes
/// stands for points and areas.
public struct Hints: Sendable, Equatable {
    /// Colours pointed at.
    public var points: [HintPoint]
    /// Colours of areas.
    public var areas: [HintArea]
    /// Painted strokes; nil for none.
    package var strokes: HintStrokes?
    /// The colours that the picture is to have; nil where nothing is said of them.
    public var palette: Palette?

    /// Hints of these points and areas, and a palette.
    public init(points: [HintPoint] = [], areas: [HintArea] = [], palette: Palette? = nil) {
        (self.points, self.areas, self.palette) = (points, areas, palette)
    }

    /// The most points of a picture.
    package static let mostPoints = 100_000
    /// How many times over all points together may cover a square of the shorter side.
    package static let mostCover = 100.0
    /// The most areas.
    package static let mostAreas = 1000
    /// The most corners of all areas together.
    package static let mostCorners = 100_000

    /// Whether nothing is said.
    package var isEmpty: Bool { !hasPlaces && palette == nil }

    /// Whether a colour is given for some place.
    package var hasPlaces: Bool { !points.isEmpty || !areas.isEmpty || strokes != nil }

    /// Whether some of it is for the network to hear: not what holds in its own place alone.
    package var needsListening: Bool {
        palette != nil || strokes != nil || points.contains { !$0.isLocal }
            || areas.contains { !$0.isLocal }
    }

    /// The same, in words: `3 points, 1 area and a palette`.
    package var summary: String {
        var parts: [String] = []
        func add(_ count: Int, _ noun: String) {
            if count > 0 { parts.append("\(count) \(noun)\(count == 1 ? "" : "s")") }
        }
        add(points.count, "point")
        add(areas.count, "area")
        if strokes != nil { parts.append("painted strokes") }
        if palette != nil { parts.append("a palette") }
        guard let last = parts.popLast() else { return "no hints" }
        return parts.isEmpty ? last : parts.joined(separator: ", ") + " and " + last
    }

    /// The SHA-256 of what is said, as 64 digits: the same for files that say the same.
    package var digest: String {
        var sum = SHA256()
        func add(_ text: String) { sum.update(data: Array(text.utf8)) }
        for point in points {
            add("point \(point.x) \(point.y) \(point.radius) \(point.color.text)")
            add(" \(point.isLocal)\n")
        }
        for area in areas {
            add("area \(area.color.text) \(area.isLocal)")
            for corner in area.corners { add(" \(corner.x) \(corner.y)") }
            add("\n")
        }
        if let strokes { add("strokes \(strokes.digest)\n") }
        if let palette { add("palette \(palette.shares)\n") }
        return sum.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }
}

extension HintColor {
    fileprivate var text: String { "\(a) \(b)" }
}
