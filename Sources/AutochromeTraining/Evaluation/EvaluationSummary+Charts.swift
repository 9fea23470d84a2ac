extension EvaluationSummary {
    /// The charts of the summary, those that would be empty left out.
    var charts: [FigureChart] { [vividnessChart, pointChart].compactMap { $0 } }

    /// CIEDE2000 over colourfulness, a line a model; nil where no model has a curve.
    private var vividnessChart: FigureChart? {
        let single = rows.filter { $0.vividness == nil }
        let lines = curves.map { curve in
            FigureChart.Line(
                name: curve.model,
                points: curve.points.map { point in
                    FigureChart.Point(
                        x: point.colorfulness, y: point.ciede2000,
                        title: "\(curve.model), \(point.setting): CF "
                            + "\(point.colorfulness.text(1)), CIEDE2000 "
                            + point.ciede2000.text(2))
                })
        }
        let dots = single.map { row in
            FigureChart.Line(
                name: row.model,
                points: [.init(x: row.colorfulness.value, y: row.ciede2000.value)])
        }
        let points = (lines + dots).flatMap(\.points)
        guard !lines.isEmpty, let left = points.map(\.x).min(),
            let right = points.map(\.x).max(), let low = points.map(\.y).min(),
            let high = points.map(\.y).max()
        else { return nil }
        let truth = trueColorfulness.value
        return FigureChart(
            title: "CIEDE2000 over colourfulness", label: "CF", lines: lines,
            dots: dots, mark: (truth, "true"), xRange: left...max(right, truth, left + 1),
            yRange: low...max(high, low + 0.1))
    }

    /// The gain in PSNR over the number of true points, a line a model; nil where none were tried.
    private var pointChart: FigureChart? {
        guard let counts = points.first?.rows.map(\.points), let most = counts.last else {
            return nil
        }
        let lines = points.map { model in
            FigureChart.Line(
                name: model.model,
                points: model.rows.map { row in
                    FigureChart.Point(
                        x: Self.place(of: row.points), y: row.gain?.value ?? 0,
                        title: "\(model.model), \(row.points) points: "
                            + "\((row.gain?.value ?? 0).text(2)) dB")
                })
        }
        let gains = lines.flatMap(\.points).map(\.y)
        let (low, high) = (gains.min() ?? 0, gains.max() ?? 0)
        return FigureChart(
            title: "Gain in PSNR, in dB, over the number of true points", label: "points",
            lines: lines, xRange: 0...max(Self.place(of: most), 1),
            yRange: low...max(high, low + 0.5),
            xTicks: counts.map { (Self.place(of: $0), "\($0)") })
    }

    /// Where a number of points stands: evenly for doublings.
    private static func place(of points: Int) -> Double { logarithm(Double(points + 1)) }
}
