/// CIEDE2000 over colourfulness, from vividness 0 to 1, and past 1 by saturation.
///
/// CIEDE2000 alone rewards timid colours, so models are compared where they are equally
/// colourful.
package struct VividnessCurve {
    /// Mean colourfulness and mean CIEDE2000 at one vividness.
    package struct Point: Codable, Sendable, Equatable {
        let vividness: Double
        let saturation: Double
        let colorfulness: Double
        let ciede2000: Double

        /// The setting in words.
        var setting: String {
            saturation == 1 ? "vividness \(vividness)" : "saturation \(saturation)"
        }

        /// A point of the curve.
        package init(
            vividness: Double, saturation: Double = 1, colorfulness: Double, ciede2000: Double
        ) {
            self.vividness = vividness
            self.saturation = saturation
            self.colorfulness = colorfulness
            self.ciede2000 = ciede2000
        }
    }

    private let settings: [ColorSetting]
    /// By setting and photograph.
    private let colorfulness: [[Double]]
    private let ciede2000: [[Double]]

    /// Nil for a model without a choice.
    init?(_ result: EvaluationResult, model: Int) {
        let places = result.models[model].curvePlaces
        guard !places.isEmpty else { return nil }
        settings = result.models[model].curve
        colorfulness = places.map { place in
            result.records.map { $0.models[model][place].colorfulness }
        }
        ciede2000 = places.map { place in
            result.records.map { $0.models[model][place].ciede2000 }
        }
    }

    /// The curve's points over the photographs at some places.
    func points(of places: [Int]) -> [Point] {
        settings.indices.map { index in
            Point(
                vividness: settings[index].vividness ?? 1, saturation: settings[index].saturation,
                colorfulness: Bootstrap.mean(colorfulness[index], at: places),
                ciede2000: Bootstrap.mean(ciede2000[index], at: places))
        }
    }

    /// CIEDE2000 at a colourfulness, linearly between the points around it; beyond the ends as
    /// the last two points go.
    package static func ciede2000(at colorfulness: Double, on points: [Point]) -> Double {
        let pairs = zip(points, points.dropFirst())
        let around = pairs.first { pair in
            (pair.0.colorfulness - colorfulness) * (pair.1.colorfulness - colorfulness) <= 0
        }
        let isBefore =
            abs(points[0].colorfulness - colorfulness)
            < abs(points[points.count - 1].colorfulness - colorfulness)
        let ends = (points.count - 2, points.count - 1)
        let (from, to) =
            around ?? (isBefore ? (points[0], points[1]) : (points[ends.0], points[ends.1]))
        let span = to.colorfulness - from.colorfulness
        let share = span == 0 ? 0 : (colorfulness - from.colorfulness) / span
        return from.ciede2000 + share * (to.ciede2000 - from.ciede2000)
    }

    /// The colourfulness the curve spans.
    static func range(of points: [Point]) -> ClosedRange<Double> {
        let values = points.map(\.colorfulness)
        return (values.min() ?? 0)...(values.max() ?? 0)
    }
}
