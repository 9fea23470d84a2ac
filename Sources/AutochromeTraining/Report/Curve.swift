/// A line through the values of a run's steps, as SVG.
struct Curve {
    private static let (width, height) = (900.0, 220.0)
    private static let margin = (left: 70.0, bottom: 22.0)
    /// More points than this would not show; each then is the mean of its neighbours.
    private static let largestCount = 900

    private let title: String
    private let points: [(step: Int, value: Double)]

    init(_ title: String, _ points: [(Int, Double)]) {
        self.title = title
        let run = max(1, (points.count + Self.largestCount - 1) / Self.largestCount)
        self.points = stride(from: 0, to: points.count, by: run).map { start in
            let part = points[start..<min(start + run, points.count)]
            let mean = part.reduce(0) { $0 + $1.1 } / Double(part.count)
            return (part[part.endIndex - 1].0, mean)
        }
    }

    /// The heading and the drawing; nil without points.
    var svg: String? {
        guard let first = points.first, let last = points.last,
            let low = points.map(\.value).min(), let high = points.map(\.value).max()
        else { return nil }
        let (left, bottom) = Self.margin
        let span = high > low ? high - low : 1
        let steps = Double(max(1, last.step - first.step))
        let line = points.map { point in
            let x = left + Double(point.step - first.step) / steps * (Self.width - left - 10)
            let y = 10 + (high - point.value) / span * (Self.height - bottom - 20)
            return "\(short(x)),\(short(y))"
        }
        let end = Self.height - bottom
        return """
            <h2>\(title)</h2>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" font-size="12" fill="#666">
            <path d="M\(left) 10V\(end)H\(Self.width)" fill="none" stroke="#bbb"/>
            <text x="\(left - 6)" y="14" text-anchor="end">\(figure(high))</text>
            <text x="\(left - 6)" y="\(end - 4)" text-anchor="end">\(figure(low))</text>
            <text x="\(left)" y="\(end + 16)">\(first.step)</text>
            <text x="\(Self.width)" y="\(end + 16)" text-anchor="end">\(last.step)</text>
            <polyline fill="none" stroke="#b5402a" stroke-width="1.5" \
            points="\(line.joined(separator: " "))"/>
            </svg>
            """
    }

    private func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    /// Four digits.
    private func figure(_ value: Double) -> String {
        guard value != 0 else { return "0" }
        var (factor, size) = (1.0, abs(value))
        while size < 1000 { (factor, size) = (factor * 10, size * 10) }
        while size >= 10000 { (factor, size) = (factor / 10, size / 10) }
        return "\((value * factor).rounded() / factor)"
    }
}
