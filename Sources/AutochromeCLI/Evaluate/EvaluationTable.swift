import AutochromeTraining

/// The summary of `evaluate` as text.
struct EvaluationTable {
    private let summary: EvaluationSummary

    init(_ summary: EvaluationSummary) { self.summary = summary }

    /// The means and below each its interval; then what else there is to say.
    var text: String {
        var parts = [facts, Self.aligned(means)]
        if !summary.equals.isEmpty {
            parts.append("CIEDE2000 at equal colourfulness\n" + Self.aligned(equals))
        }
        if !summary.pairs.isEmpty {
            parts.append(
                "Pair by pair: the first less the second, and where the first is better\n"
                    + Self.aligned(pairs))
        }
        return parts.joined(separator: "\n")
    }

    private var facts: String {
        var text = "\(summary.photographs) photographs"
        if summary.grey > 0 { text += ", \(summary.grey) without colour left out" }
        if !summary.problems.isEmpty { text += ", \(summary.problems.count) failed" }
        return text + "\n"
    }

    private var means: [[String]] {
        let head = [
            "", "vividness", "PSNR", "SSIM", "CIEDE2000", "CF", "of true", "chroma", "|dL*|", "s",
            "MB",
        ]
        var lines = [head]
        for row in summary.rows { lines += Self.lines(of: row) }
        let (truth, chroma) = (summary.trueColorfulness, summary.trueChroma)
        lines.append(["true", "", "", "", "", truth.text(1), "", chroma.text(1), "", "", ""])
        lines.append(["", "", "", "", "", truth.range(1), "", chroma.range(1), "", "", ""])
        return lines
    }

    private static func lines(of row: EvaluationSummary.Row) -> [[String]] {
        let estimates: [(Estimate?, Int)] = [
            (row.psnr, 2), (row.ssim, 4), (row.ciede2000, 2), (row.colorfulness, 1),
            (row.colorfulnessShare, 2), (row.chroma, 1), (row.lightnessError, 2), (row.seconds, 3),
        ]
        let name = [row.model, row.vividness.map { "\($0)" } ?? ""]
        let memory = row.peakMemory.map { "\($0 / 1_000_000)" } ?? ""
        return [
            name + estimates.map { $0.0?.text($0.1) ?? "" } + [memory],
            ["", ""] + estimates.map { $0.0?.range($0.1) ?? "" } + [""],
        ]
    }

    private var equals: [[String]] {
        let models = summary.curves.map(\.model)
        let head = ["CF"] + models + models.dropFirst().map { "\($0) less \(models[0])" }
        return [head]
            + summary.equals.map { equal in
                let values = models.indices.map { index in
                    equal.values.first { $0.place == index }
                }
                return [equal.colorfulness.text(0)]
                    + values.map { $0?.ciede2000.whole(2) ?? "" }
                    + values.dropFirst().map { $0?.differenceFromFirst?.whole(2) ?? "" }
            }
    }

    private var pairs: [[String]] {
        summary.pairs.flatMap { pair in
            let names = [
                Self.name(pair.first, pair.firstVividness),
                Self.name(pair.second, pair.secondVividness),
            ]
            return [[names.joined(separator: " - "), "", ""]]
                + pair.comparisons.map { comparison in
                    let share = (100 * comparison.firstIsBetter).text(0)
                    return [
                        "  \(comparison.figure)", comparison.difference.whole(4), "\(share) %",
                    ]
                }
        }
    }

    private static func name(_ model: String, _ vividness: Double?) -> String {
        vividness.map { "\(model) at \($0)" } ?? model
    }
}

extension EvaluationTable {
    /// Lines of equally wide columns: the first flush left, the others right.
    private static func aligned(_ lines: [[String]]) -> String {
        let widths = (0..<(lines.first?.count ?? 0)).map { column in
            lines.map { $0[column].count }.max() ?? 0
        }
        return lines.reduce("") { text, line in
            let cells = zip(line, widths).enumerated().map { place, cell in
                let gap = String(repeating: " ", count: cell.1 - cell.0.count)
                return place == 0 ? cell.0 + gap : gap + cell.0
            }
            return text + cells.joined(separator: "  ").trimmedAtEnd + "\n"
        }
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}

extension Estimate {
    fileprivate func text(_ digits: Int) -> String { value.text(digits) }

    fileprivate func range(_ digits: Int) -> String {
        "\(low.text(digits))-\(high.text(digits))"
    }

    fileprivate func whole(_ digits: Int) -> String {
        "\(value.text(digits)) [\(low.text(digits)), \(high.text(digits))]"
    }
}
