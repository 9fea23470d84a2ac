/// How much of each pixel lies inside a polygon, 0...1.
///
/// Four lines a row; across, the part of a pixel that the inside covers is exact. Inside is where
/// the line winds around a place, however often (the nonzero rule).
struct PolygonCoverage {
    /// The values of the rows and columns below.
    let rows: Range<Int>
    let columns: Range<Int>
    private var values: [Float]

    private static let linesPerRow = 4

    /// - Parameters:
    ///   - corners: in pixels.
    ///   - width: of the picture, to which the polygon is cut off.
    ///   - height: of the picture.
    init(corners: [SIMD2<Double>], width: Int, height: Int) {
        func range(_ values: [Double], _ size: Int) -> Range<Int> {
            let low = min(max(values.min() ?? 0, 0), Double(size))
            let high = min(max(values.max() ?? 0, low), Double(size))
            return Int(low)..<Int(high.rounded(.up))
        }
        rows = range(corners.map(\.y), height)
        columns = range(corners.map(\.x), width)
        values = [Float](repeating: 0, count: rows.count * columns.count)
        fill(crossings(of: corners))
    }

    /// The value of a pixel; 0 outside `rows` and `columns`.
    subscript(x: Int, y: Int) -> Float {
        guard rows.contains(y), columns.contains(x) else { return 0 }
        return values[(y - rows.lowerBound) * columns.count + x - columns.lowerBound]
    }

    /// Where the polygon's sides cross each line, and whether downward.
    private func crossings(of corners: [SIMD2<Double>]) -> [[(x: Double, turn: Int)]] {
        let count = rows.count * Self.linesPerRow
        var crossings = [[(x: Double, turn: Int)]](repeating: [], count: count)
        let (scale, top) = (Double(Self.linesPerRow), Double(rows.lowerBound))
        func line(_ y: Double) -> Int {
            Int(min(max(((y - top) * scale - 0.5).rounded(.up), 0), Double(count)))
        }
        for (index, start) in corners.enumerated() {
            let end = corners[(index + 1) % corners.count]
            let (upper, lower) = start.y < end.y ? (start, end) : (end, start)
            for number in line(upper.y)..<max(line(upper.y), line(lower.y)) {
                let y = top + (Double(number) + 0.5) / scale
                let x = upper.x + (y - upper.y) / (lower.y - upper.y) * (lower.x - upper.x)
                crossings[number].append((x, start.y < end.y ? 1 : -1))
            }
        }
        return crossings
    }

    private mutating func fill(_ crossings: [[(x: Double, turn: Int)]]) {
        for (number, line) in crossings.enumerated() {
            var winding = 0
            let sorted = line.sorted { $0.x < $1.x }
            for (left, right) in zip(sorted, sorted.dropFirst()) {
                winding += left.turn
                if winding != 0 { fill(left.x, right.x, row: number / Self.linesPerRow) }
            }
        }
    }

    private mutating func fill(_ left: Double, _ right: Double, row: Int) {
        let start = max(left - Double(columns.lowerBound), 0)
        let end = min(right - Double(columns.lowerBound), Double(columns.count))
        guard start < end else { return }
        for column in Int(start)..<min(Int(end.rounded(.up)), columns.count) {
            let part = min(end, Double(column) + 1) - max(start, Double(column))
            values[row * columns.count + column] += Float(part) / Float(Self.linesPerRow)
        }
    }
}

extension PolygonCoverage {
    /// The same, moved to the edges in the picture that the polygon nearly follows.
    ///
    /// Each pixel takes the mean of the pixels around it that are like it in lightness (a joint
    /// bilateral filter; Petschnigg et al., SIGGRAPH 2004), and is inside where most of them are:
    /// twice, so that a line drawn two pixels off an edge comes to lie on it. What is small is
    /// looked at in a small window, in which it is not lost.
    func onEdges(of lightness: Plane) -> PolygonCoverage {
        guard min(rows.count, columns.count) >= 12 else {
            return filtered(by: lightness, radius: 2)
        }
        return filtered(by: lightness, radius: 5).filtered(by: lightness, radius: 5)
    }

    private func filtered(by lightness: Plane, radius: Int) -> PolygonCoverage {
        var result = PolygonCoverage(
            rows: max(
                0, rows.lowerBound - radius)..<min(lightness.height, rows.upperBound + radius),
            columns: max(
                0, columns.lowerBound - radius)..<min(
                    lightness.width, columns.upperBound + radius))
        let near = (-radius...radius).map { offset in
            let distance = Float(offset) / Float(radius + 1)
            let share = 1 - distance * distance
            return share * share  // Tukey's biweight
        }
        for y in result.rows {
            for x in result.columns {
                let index =
                    (y - result.rows.lowerBound) * result.columns.count + x
                    - result.columns.lowerBound
                result.values[index] = settled(x, y, lightness, near)
            }
        }
        return result
    }

    /// The mean around a pixel, drawn to 0 and 1.
    private func settled(_ x: Int, _ y: Int, _ lightness: Plane, _ near: [Float]) -> Float {
        let (radius, own) = (near.count / 2, lightness[x, y])
        var (sum, inside): (Float, Float) = (0, 0)
        for row in max(0, y - radius)...min(lightness.height - 1, y + radius) {
            for column in max(0, x - radius)...min(lightness.width - 1, x + radius) {
                let share =
                    near[row - y + radius] * near[column - x + radius]
                    * HintCorrection.likeness(lightness[column, row] - own)
                (sum, inside) = (sum + share, inside + share * self[column, row])
            }
        }
        return min(max((inside / sum - 0.4) / 0.2, 0), 1)
    }

    private init(rows: Range<Int>, columns: Range<Int>) {
        (self.rows, self.columns) = (rows, columns)
        values = [Float](repeating: 0, count: rows.count * columns.count)
    }
}
