/// A table of figures, for a terminal and for a page.
package struct FigureTable: Sendable {
    /// A figure, and the interval in which it lies.
    struct Cell: Sendable {
        var text: String
        var interval = ""

        static let empty = Cell(text: "")

        init(text: String) { self.text = text }

        /// Rounded to so many digits after the point; empty where there is none.
        init(_ estimate: Estimate?, _ digits: Int) {
            guard let estimate else {
                self = .empty
                return
            }
            text = estimate.value.text(digits)
            let (low, high) = (estimate.low.text(digits), estimate.high.text(digits))
            interval = estimate.low < 0 ? "\(low) to \(high)" : "\(low)-\(high)"
        }
    }

    let title: String
    let head: [String]
    /// As many cells a row as the head has.
    let rows: [[Cell]]

    /// The table as lines of equally wide columns: the first flush left, the others right, and
    /// every row's intervals below it.
    package var text: String {
        let lines =
            [head]
            + rows.flatMap { row in
                [row.map(\.text), row.map(\.interval)].filter { $0.contains { $0 != "" } }
            }
        let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.reduce(title + "\n") { text, line in
            let cells = head.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - line[column].count)
                return column == 0 ? line[column] + gap : gap + line[column]
            }
            let joined = cells.joined(separator: "  ")
            return text + String(joined.reversed().drop { $0 == " " }.reversed()) + "\n"
        }
    }

    /// The table as HTML.
    var html: String {
        let head = head.map { "<th>\($0.htmlEscaped)</th>" }.joined()
        let rows = rows.map { row in
            let cells = row.map { cell in
                let interval = cell.interval.isEmpty ? "" : "<small>\(cell.interval)</small>"
                return "<td>\(cell.text.htmlEscaped)\(interval)</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return """
            <h2>\(title.htmlEscaped)</h2>
            <table><tr>\(head)</tr>
            \(rows.joined(separator: "\n"))
            </table>
            """
    }
}
