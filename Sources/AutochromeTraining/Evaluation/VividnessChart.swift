/// CIEDE2000 over colourfulness, a line a model, as SVG.
struct VividnessChart {
    private static let (width, height) = (900.0, 420.0)
    private static let margin = (left: 60.0, top: 16.0, right: 20.0, bottom: 48.0)
    private static let colors = ["#b5402a", "#2a6fb5", "#3a8a3a", "#8a5ab5", "#b58a2a", "#555"]

    private let summary: EvaluationSummary
    private let xRange: ClosedRange<Double>
    private let yRange: ClosedRange<Double>

    /// Nil where no model has a curve.
    init?(_ summary: EvaluationSummary) {
        let points = summary.curves.flatMap(\.points)
        let single = summary.rows.filter { $0.vividness == nil }
        let x = points.map(\.colorfulness) + single.map(\.colorfulness.value)
        let y = points.map(\.ciede2000) + single.map(\.ciede2000.value)
        guard !points.isEmpty, let left = x.min(), let right = x.max(), let low = y.min(),
            let high = y.max()
        else { return nil }
        self.summary = summary
        xRange = left...max(right, summary.trueColorfulness.value, left + 1)
        yRange = low...max(high, low + 0.1)
    }

    /// The heading and the drawing.
    var svg: String {
        let lines = summary.curves.enumerated().map { line($1, color: Self.color($0)) }
        let names = summary.curves.enumerated().map { place, curve in
            text(
                curve.model, x: Self.margin.left + 60,
                y: Self.margin.top + 18 + 18 * Double(place), "start", Self.color(place))
        }
        let single = summary.rows.filter { $0.vividness == nil }.map { row in
            dot(row.colorfulness.value, row.ciede2000.value, row.model, "#555")
        }
        return """
            <h2>CIEDE2000 over colourfulness, vividness 0 to 1</h2>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" font-size="12">
            \((axes + lines + names + single).joined(separator: "\n"))
            </svg>
            """
    }

    private static func color(_ place: Int) -> String { colors[place % colors.count] }
}

extension VividnessChart {
    private func x(_ colorfulness: Double) -> Double {
        let span = Self.width - Self.margin.left - Self.margin.right
        let share =
            (colorfulness - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
        return Self.margin.left + share * span
    }

    private func y(_ ciede2000: Double) -> Double {
        let span = Self.height - Self.margin.top - Self.margin.bottom
        let share = (yRange.upperBound - ciede2000) / (yRange.upperBound - yRange.lowerBound)
        return Self.margin.top + share * span
    }

    private func line(_ curve: EvaluationSummary.Curve, color: String) -> String {
        let points = curve.points.map {
            "\(x($0.colorfulness).text(1)),\(y($0.ciede2000).text(1))"
        }
        let dots = curve.points.map { point in
            "<circle cx=\"\(x(point.colorfulness).text(1))\" cy=\"\(y(point.ciede2000).text(1))\" "
                + "r=\"3\" fill=\"\(color)\"><title>\(curve.model.htmlEscaped), vividness "
                + "\(point.vividness): CF \(point.colorfulness.text(1)), CIEDE2000 "
                + "\(point.ciede2000.text(2))</title></circle>"
        }
        return "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" "
            + "points=\"\(points.joined(separator: " "))\"/>" + dots.joined()
    }

    private func dot(
        _ colorfulness: Double, _ ciede2000: Double, _ name: String, _ color: String
    ) -> String {
        let (across, down) = (x(colorfulness), y(ciede2000))
        return "<circle cx=\"\(across.text(1))\" cy=\"\(down.text(1))\" r=\"3\" fill=\"\(color)\"/>"
            + text(name, x: across + 6, y: down - 6, "start", color)
    }

    private var axes: [String] {
        let bottom = Self.height - Self.margin.bottom
        let truth = x(summary.trueColorfulness.value)
        return [
            "<path d=\"M\(Self.margin.left) \(Self.margin.top)V\(bottom)H"
                + "\(Self.width - Self.margin.right)\" fill=\"none\" stroke=\"#bbb\"/>",
            "<path d=\"M\(truth.text(1)) \(Self.margin.top)V\(bottom)\" stroke=\"#bbb\" "
                + "stroke-dasharray=\"4\"/>",
            text("true", x: truth - 4, y: bottom - 6, "end", "#666"),
            text("CF", x: Self.width / 2, y: Self.height - 8, "middle", "#666"),
        ]
            + Self.ticks(xRange, step: 5).map {
                text($0.text(0), x: x($0), y: bottom + 18, "middle", "#666")
            }
            + Self.ticks(yRange, step: 0.5).map {
                text($0.text(1), x: Self.margin.left - 6, y: y($0) + 4, "end", "#666")
            }
    }

    /// Multiples of `step`, or of twice, four times, ... of it where those would be too many.
    private static func ticks(_ range: ClosedRange<Double>, step: Double) -> [Double] {
        var step = step
        while (range.upperBound - range.lowerBound) / step > 14 { step *= 2 }
        let first = (range.lowerBound / step).rounded(.up) * step
        return Array(stride(from: first, through: range.upperBound, by: step))
    }

    private func text(
        _ text: String, x: Double, y: Double, _ anchor: String, _ color: String
    ) -> String {
        "<text x=\"\(x.text(1))\" y=\"\(y.text(1))\" text-anchor=\"\(anchor)\" fill=\"\(color)\">"
            + "\(text.htmlEscaped)</text>"
    }
}
