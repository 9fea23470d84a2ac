/// Hints as their file has them.
struct HintsForm: Decodable {
    let hints: Hints

    private enum Key: String, CodingKey, CaseIterable {
        case schema = "$schema"
        case version, points, areas, palette
    }

    init(from decoder: any Decoder) throws {
        let form = try decoder.container(keyedBy: Key.self)
        _ = try form.decodeIfGiven(String.self, forKey: .schema)
        let version = try form.decode(Int.self, forKey: .version)
        guard version == Hints.version else {
            throw form.fault(
                .version,
                "is \(version); this Autochrome reads version \(Hints.version)"
                    + (version > Hints.version ? ", a newer one may read it" : ""))
        }
        try decoder.refuseKeys(otherThan: Key.allCases.map(\.rawValue))
        let points = try form.decodeIfGiven([PointForm].self, forKey: .points) ?? []
        let areas = try form.decodeIfGiven([AreaForm].self, forKey: .areas) ?? []
        let palette = try form.decodeIfGiven([ShareForm].self, forKey: .palette)
        try form.check(.points, count: points.count, most: Hints.mostPoints)
        let cover = points.reduce(0) { $0 + .pi * $1.point.radius * $1.point.radius }
        guard cover <= Hints.mostCover else {
            throw form.fault(
                .points,
                "cover the picture \(Int(cover)) times over; smaller radii are needed for so many")
        }
        try form.check(.areas, count: areas.count, most: Hints.mostAreas)
        let corners = areas.map(\.area.corners.count).reduce(0, +)
        guard corners <= Hints.mostCorners else {
            throw form.fault(
                .areas, "have \(corners) corners; all together have at most \(Hints.mostCorners)")
        }
        var colors: Palette?
        if let palette {
            colors = Palette(palette.map { ($0.color, $0.share) })
            if colors == nil { throw form.fault(.palette, "has no colour with a share") }
        }
        hints = Hints(points: points.map(\.point), areas: areas.map(\.area), palette: colors)
    }
}

/// A point as its file has it.
private struct PointForm: Decodable {
    let point: HintPoint

    private enum Key: String, CodingKey, CaseIterable {
        case x, y, color, radius
        case isLocal = "only_here"
    }

    init(from decoder: any Decoder) throws {
        let form = try decoder.container(keyedBy: Key.self)
        try decoder.refuseKeys(otherThan: Key.allCases.map(\.rawValue))
        let (x, y) = (
            try form.decode(Double.self, forKey: .x), try form.decode(Double.self, forKey: .y)
        )
        for (key, value, side) in [(Key.x, x, "width"), (.y, y, "height")] {
            guard (0...1).contains(value) else {
                throw form.fault(
                    key, "is \(value); it goes from 0 to 1, as a fraction of the picture's \(side)")
            }
        }
        let radius = try form.decodeIfGiven(Double.self, forKey: .radius)
        if let radius, !HintPoint.radii.contains(radius) {
            throw form.fault(
                .radius,
                "is \(radius); it goes from 0 to 0.5, as a fraction of the picture's shorter side")
        }
        point = HintPoint(
            x: x, y: y, color: try form.color(.color), radius: radius ?? HintPoint.defaultRadius,
            isLocal: try form.decodeIfGiven(Bool.self, forKey: .isLocal) ?? false)
    }
}

/// An area as its file has it.
private struct AreaForm: Decodable {
    let area: HintArea

    private enum Key: String, CodingKey, CaseIterable {
        case polygon, color
        case isLocal = "only_here"
    }

    init(from decoder: any Decoder) throws {
        let form = try decoder.container(keyedBy: Key.self)
        try decoder.refuseKeys(otherThan: Key.allCases.map(\.rawValue))
        let corners = try form.decode([CornerForm].self, forKey: .polygon).map(\.corner)
        guard corners.count >= 3 else {
            throw form.fault(.polygon, "has \(corners.count) corners; an area has at least 3")
        }
        let (low, high) = corners.dropFirst().reduce((corners[0], corners[0])) {
            (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
        }
        guard low.x < 1, low.y < 1, high.x > 0, high.y > 0 else {
            throw form.fault(.polygon, "lies outside the picture, which goes from 0 to 1")
        }
        area = HintArea(
            corners: corners, color: try form.color(.color),
            isLocal: try form.decodeIfGiven(Bool.self, forKey: .isLocal) ?? false)
    }
}

/// A corner of an area, `[x, y]`.
private struct CornerForm: Decodable {
    let corner: SIMD2<Double>

    init(from decoder: any Decoder) throws {
        let values = try decoder.numbers(count: 2)
        guard values.allSatisfy({ (-1...2).contains($0) }) else {
            throw decoder.fault("is \(values); the picture goes from 0 to 1")
        }
        corner = SIMD2(values[0], values[1])
    }
}

/// A colour of a palette with its share, `color` or `ab`.
private struct ShareForm: Decodable {
    let color: HintColor
    let share: Float

    private enum Key: String, CodingKey, CaseIterable {
        case color, ab, share
    }

    init(from decoder: any Decoder) throws {
        let form = try decoder.container(keyedBy: Key.self)
        try decoder.refuseKeys(otherThan: Key.allCases.map(\.rawValue))
        share = try form.decode(Float.self, forKey: .share)
        guard (0...1e6).contains(share) else {
            throw form.fault(.share, "is \(share); it is 0 or more, and at most 1,000,000")
        }
        guard form.contains(.ab) else {
            color = try form.color(.color)
            return
        }
        guard !form.contains(.color) else {
            throw form.fault(.color, "and ab say the same; give one of them")
        }
        let values = try form.superDecoder(forKey: .ab).numbers(count: 2)
        guard values.allSatisfy({ abs($0) <= Double(Palette.reach) }) else {
            throw form.fault(.ab, "is \(values); a* and b* go from -120 to 120")
        }
        color = HintColor(a: Float(values[0]), b: Float(values[1]))
    }
}

extension KeyedDecodingContainer {
    /// What is wrong with a value, said of its place.
    func fault(_ key: Key, _ reason: String) -> DecodingError {
        .dataCorruptedError(forKey: key, in: self, debugDescription: reason)
    }

    /// A value, or nil where the key is missing; null is no value.
    fileprivate func decodeIfGiven<Value: Decodable>(
        _ type: Value.Type, forKey key: Key
    ) throws -> Value? {
        contains(key) ? try decode(type, forKey: key) : nil
    }

    fileprivate func check(_ key: Key, count: Int, most: Int) throws {
        guard count <= most else { throw fault(key, "are \(count); at most \(most) are taken") }
    }

    /// A colour such as `"#8a2b1c"`, or grey for `null`.
    fileprivate func color(_ key: Key) throws -> HintColor {
        if contains(key), try decodeNil(forKey: key) { return .grey }
        let text = try decode(String.self, forKey: key)
        guard let color = HintColor(text) else {
            throw fault(
                key,
                "is \"\(text.prefix(40))\"; a colour is written as in \"#8a2b1c\", grey as null")
        }
        return color
    }
}

extension Decoder {
    fileprivate func fault(_ reason: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: reason))
    }

    /// A list of so many numbers.
    fileprivate func numbers(count: Int) throws -> [Double] {
        let values = try singleValueContainer().decode([Double].self)
        guard values.count == count else {
            throw fault("has \(values.count) numbers, not \(count)")
        }
        return values
    }

    /// Refuses a name that means nothing, such as a misspelt one: it would be without effect.
    fileprivate func refuseKeys(otherThan known: [String]) throws {
        let keys = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        guard let unknown = keys.filter({ !known.contains($0) }).min() else { return }
        throw DecodingError.dataCorrupted(
            .init(
                codingPath: codingPath + [AnyKey(stringValue: String(unknown.prefix(40)))],
                debugDescription: "means nothing here; there are \(known.joined(separator: ", "))"))
    }
}

/// Any name of an object.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
