/// Resamples photographs with replacement (Efron, "Bootstrap methods: another look at the
/// jackknife", 1979); intervals are from percentile 2.5 to 97.5.
///
/// Every statistic sees the same samples, always the same: figures are comparable from run to
/// run.
package struct Bootstrap {
    private static let resamples = 1000
    private static let seed: UInt64 = 1903

    private let count: Int

    /// - Parameter count: the photographs, at least one.
    package init(count: Int) { self.count = count }

    /// The estimate of a statistic of the photographs at some places, some of them repeated.
    ///
    /// - Complexity: a thousand times the statistic's own.
    package func estimate(_ statistic: ([Int]) -> Double) -> Estimate {
        var generator = SeededGenerator(Self.seed)
        var sample = Array(0..<count)
        let value = statistic(sample)
        let values = (0..<Self.resamples).map { _ in
            for place in sample.indices { sample[place] = generator.whole(below: count) }
            return statistic(sample)
        }.sorted()
        return Estimate(
            value: value, low: Self.percentile(0.025, of: values),
            high: Self.percentile(0.975, of: values))
    }

    /// The estimate of the mean.
    package func mean(_ values: [Double]) -> Estimate {
        estimate { sample in Self.mean(values, at: sample) }
    }

    /// The mean of the values at some places.
    static func mean(_ values: [Double], at places: [Int]) -> Double {
        places.reduce(0) { $0 + values[$1] } / Double(places.count)
    }

    /// Between the two values around it, linearly.
    private static func percentile(_ share: Double, of sorted: [Double]) -> Double {
        let position = share * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
}
