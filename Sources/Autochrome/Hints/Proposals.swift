#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The colours that are likely at one place of a photograph.
package struct Proposals: Sendable, Equatable {
    /// A colour, and those near it.
    package struct Proposal: Sendable, Equatable {
        /// The mean of them.
        package let color: HintColor
        /// How likely one of them is, 0...1.
        package let likelihood: Double
    }

    /// The likeliest first, at most `most`.
    package let proposals: [Proposal]

    /// The most that are told.
    package static let most = 9
    /// The least likelihood of one that is told.
    private static let least = 0.01
    /// Cells whose middles are no farther apart belong together: a cell and its neighbours.
    private static let nearness = 1.5 * Float(ColorBins.step)

    /// The peaks of a distribution over the cells of `ColorBins`: the place in it where most lies
    /// within a cell and its neighbours, then that of what is left, and so on.
    package init(of likelihoods: [Double]) {
        let centers = ColorBins.centers
        let neighbours = centers.map { center in
            centers.indices.filter {
                let offset = centers[$0] - center
                return (offset * offset).sum() <= Self.nearness * Self.nearness
            }
        }
        var (left, proposals) = (likelihoods, [Proposal]())
        while proposals.count < Self.most {
            let sums = neighbours.map { $0.reduce(0) { $0 + left[$1] } }
            // Of peaks that are equal the one in whose middle most lies.
            let peak = sums.indices.max { (sums[$0], left[$0]) < (sums[$1], left[$1]) }
            guard let peak, sums[peak] >= Self.least else { break }
            var mean = SIMD2<Double>()
            for cell in neighbours[peak] {
                mean += left[cell] * SIMD2(Double(centers[cell].x), Double(centers[cell].y))
                left[cell] = 0
            }
            mean /= sums[peak]
            proposals.append(
                Proposal(
                    color: HintColor(a: Float(mean.x), b: Float(mean.y)), likelihood: sums[peak]))
        }
        self.proposals = proposals.sorted { $0.likelihood > $1.likelihood }
    }
}

extension Prediction {
    /// How likely the network finds each cell at a place, the rebalancing of its training taken
    /// back: softmax(logits - ln w).
    ///
    /// - Parameters:
    ///   - column: of the output.
    ///   - row: of the output.
    ///   - weights: w, of each cell.
    package func likelihoods(column: Int, row: Int, weights: [Float]) -> [Double] {
        let place = row * width + column
        let logits = weights.indices.map { cell in
            Double(values[cell * width * height + place]) - log(Double(weights[cell]))
        }
        let most = logits.max() ?? 0
        let raw = logits.map { exp($0 - most) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }
}
