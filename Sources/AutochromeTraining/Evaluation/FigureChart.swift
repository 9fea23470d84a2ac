/// Lines of points over two axes, as SVG.
struct FigureChart {
    /// A point, and what a pointer over it is told.
    struct Point {
        let x: Double
        let y: Double
        var title = ""
    }

    /// A line through points, or a single point.
    struct Line {
        let name: String
        let points: [Point]
    }

    /// A place on an axis, and what stands there.
    typealias Tick = (value: Double, text: String)

    private static let (width, height) = (900.0, 420.0)
    private static let margin = (left: 60.0, top: 16.0, right: 20.0, bottom: 48.0)
    private static let colors = ["#b5402a", "#2a6fb5", "#3a8a3a", "#8a5ab5", "#b58a2a", "#555"]

    let title: String
    /// Below the horizontal axis.
    let label: String
    let lines: [Line]
    /// Points beside the lines.
    var dots: [Line] = []
    /// A value that a dashed line marks.
    var mark: Tick?
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>
    /// Nil for multiples of 5.
    var xTicks: [Tick]?

    /// The heading and the drawing.
    var svg: String {
        let drawn = lines.enumerated().map { line($1, color: Self.color($0)) }
        let names = lines.enumerated().map { place, line in
            text(
                line.name, x: Self.margin.left + 60,
                y: Self.margin.top + 18 + 18 * Double(place), "start", Self.color(place))
        }
        return """
            <h2>\(title.htmlEscaped)</h2>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" font-size="12">
            \((axes + drawn + names + dots.flatMap(dot)).joined(separator: "\n"))
            </svg>
            """
    }

    private static func color(_ place: Int) -> String { colors[place % colors.count] }
}

extension FigureChart {
    private func x(_ value: Double) -> Double {
        let span = Self.width - Self.margin.left - Self.margin.right
        let share = (value - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
        return Self.margin.left + share * span
    }

    private func y(_ value: Double) -> Double {
        let span = Self.height - Self.margin.top - Self.margin.bottom
        let share = (yRange.upperBound - value) / (yRange.upperBound - yRange.lowerBound)
        return Self.margin.top + share * span
    }

    private func line(_ line: Line, color: String) -> String {
        let points = line.points.map { "\(x($0.x).text(1)),\(y($0.y).text(1))" }
        return "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" "
            + "points=\"\(points.joined(separator: " "))\"/>"
            + line.points.map { circle($0, color) }.joined()
    }

    private func circle(_ point: Point, _ color: String) -> String {
        let title = point.title.isEmpty ? "" : "<title>\(point.title.htmlEscaped)</title>"
        return "<circle cx=\"\(x(point.x).text(1))\" cy=\"\(y(point.y).text(1))\" r=\"3\" "
            + "fill=\"\(color)\">\(title)</circle>"
    }

    private func dot(_ line: Line) -> [String] {
        line.points.map { point in
            circle(point, "#555")
                + text(line.name, x: x(point.x) + 6, y: y(point.y) - 6, "start", "#555")
        }
    }

    private var axes: [String] {
        let bottom = Self.height - Self.margin.bottom
        let marked = mark.map { mark in
            let across = x(mark.value)
            return [
                "<path d=\"M\(across.text(1)) \(Self.margin.top)V\(bottom)\" stroke=\"#bbb\" "
                    + "stroke-dasharray=\"4\"/>",
                text(mark.text, x: across - 4, y: bottom - 6, "end", "#666"),
            ]
        }
        let ticks = xTicks ?? Self.ticks(xRange, step: 5).map { ($0, $0.text(0)) }
        return [
            "<path d=\"M\(Self.margin.left) \(Self.margin.top)V\(bottom)H"
                + "\(Self.width - Self.margin.right)\" fill=\"none\" stroke=\"#bbb\"/>",
            text(label, x: Self.width / 2, y: Self.height - 8, "middle", "#666"),
        ] + (marked ?? [])
            + ticks.map { text($0.text, x: x($0.value), y: bottom + 18, "middle", "#666") }
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
