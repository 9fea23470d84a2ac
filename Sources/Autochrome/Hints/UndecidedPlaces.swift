#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where a network is undecided about a photograph's colours: where a hint would help most.
///
/// The entropy of its distribution is averaged over a neighbourhood, since a hint speaks for what
/// is around it, and lowered near places that have hints.
package struct UndecidedPlaces: Sendable {
    /// In nats, at the resolution of the network's output.
    private let entropy: Plane
    /// Of the photograph in it, without what was reflected out.
    private let width: Double
    private let height: Double

    /// The neighbourhood's radius, as a fraction of the shorter side.
    private static let radius = 0.06
    /// How far from a point another one helps little, as a fraction of the shorter side.
    private static let reach = 0.2

    /// - Parameters:
    ///   - entropy: of each place, in nats.
    ///   - width: how many columns of it are the photograph's.
    ///   - height: how many rows.
    package init(entropy: Plane, width: Double, height: Double) {
        (self.entropy, self.width, self.height) = (entropy, width, height)
    }

    /// The entropy of the distribution at each place, the rebalancing of the training taken back.
    ///
    /// - Parameters:
    ///   - prediction: logits.
    ///   - weights: w, of each cell.
    package static func entropy(of prediction: Prediction, weights: [Float]) -> Plane {
        var plane = Plane(width: prediction.width, height: prediction.height, repeating: 0)
        let (count, offsets) = (plane.values.count, weights.map { log($0) })
        prediction.floats.withUnsafeBufferPointer { values in
            for place in 0..<count {
                plane.values[place] = entropy(values, place, count, offsets)
            }
        }
        return plane
    }

    /// ln Z - E[l] of the logits l above their largest, where Z is the sum of e^l.
    private static func entropy(
        _ values: UnsafeBufferPointer<Float>, _ place: Int, _ count: Int, _ offsets: [Float]
    ) -> Float {
        var most = -Float.infinity
        for cell in offsets.indices {
            most = max(most, values[cell * count + place] - offsets[cell])
        }
        var (sum, mean) = (Float(0), Float(0))
        for cell in offsets.indices {
            let logit = values[cell * count + place] - offsets[cell] - most
            let part = exp(logit)
            sum += part
            mean += part * logit
        }
        return log(sum) - mean / sum
    }

    /// The place, as fractions of the photograph's width and height, that is most undecided.
    ///
    /// - Parameter hints: what is said already; nil for nothing.
    /// - Returns: nil where hints are everywhere.
    package func most(awayFrom hints: Hints?) -> SIMD2<Double>? {
        let (columns, rows) = (min(Int(width), entropy.width), min(Int(height), entropy.height))
        let side = min(width, height)
        let radius = max(1, Int(Self.radius * side))
        let areas = (hints?.areas ?? []).map { area in
            PolygonCoverage(
                corners: area.corners.map { $0 * SIMD2(width, height) }, width: columns,
                height: rows)
        }
        var (best, found): (Float, SIMD2<Double>?) = (0, nil)
        for y in Swift.stride(from: 0, to: rows, by: 2) {
            for x in Swift.stride(from: 0, to: columns, by: 2)
            where !areas.contains(where: { $0[x, y] > 0.5 }) {
                let place = SIMD2((Double(x) + 0.5) / width, (Double(y) + 0.5) / height)
                let value =
                    mean(x, y, radius, columns, rows)
                    * freedom(at: place, from: hints?.points ?? [], side)
                if value > best { (best, found) = (value, place) }
            }
        }
        return found
    }

    private func mean(_ x: Int, _ y: Int, _ radius: Int, _ columns: Int, _ rows: Int) -> Float {
        let across = max(0, x - radius)...min(columns - 1, x + radius)
        let down = max(0, y - radius)...min(rows - 1, y + radius)
        var sum: Float = 0
        for row in down {
            for column in across { sum += entropy[column, row] }
        }
        // What lies beyond the edge counts as decided: a place at the edge speaks for less.
        return sum / Float((2 * radius + 1) * (2 * radius + 1))
    }

    /// 0 at a place that has a point to 1 at one that is far from all.
    private func freedom(
        at place: SIMD2<Double>, from points: [HintPoint], _ side: Double
    ) -> Float {
        let distances = points.map { point -> Double in
            let offset = (place - SIMD2(point.x, point.y)) * SIMD2(width, height) / side
            return max(0, (offset * offset).sum().squareRoot() - point.radius)
        }
        return Float(min(1, (distances.min() ?? 1) / Self.reach))
    }
}
