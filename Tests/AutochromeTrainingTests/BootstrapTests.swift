import AutochromeTraining
import Testing

@Suite struct BootstrapTests {
    @Test func `the interval of a mean is that of the normal law for many values`() {
        let values = (0..<2000).map { Double($0 % 100) }
        let estimate = Bootstrap(count: values.count).mean(values)
        // Standard deviation 28.87, so 1.96 standard errors are 1.265; a thousand resamples
        // give that within some hundredths.
        #expect(estimate.value == 49.5)
        #expect(abs(estimate.low - (49.5 - 1.265)) < 0.15)
        #expect(abs(estimate.high - (49.5 + 1.265)) < 0.15)
    }

    @Test func `the interval of few values is that of all their samples, and of one value none`() {
        // Of the 8^8 samples with replacement 2.3 % have a mean of at most 2.125 and 3.4 % of at
        // most 2.25; 97.1 % of at most 5.625 and 97.8 % of at most 5.75. A thousand of them give
        // a percentile within half of one.
        let few = Bootstrap(count: 8).mean([3, 1, 4, 1, 5, 9, 2, 6])
        #expect(few.value == 3.875)
        #expect(abs(few.low - 2.25) <= 0.125 && abs(few.high - 5.75) <= 0.125)
        let one = Bootstrap(count: 1).mean([7])
        #expect(one.low == 7 && one.value == 7 && one.high == 7)
    }

    @Test func `a paired difference has a narrower interval than its sides`() {
        let first = (0..<200).map { Double($0 * 37 % 101) }
        let second = first.map { $0 + 1 }
        let bootstrap = Bootstrap(count: 200)
        let difference = bootstrap.mean(zip(first, second).map { $0 - $1 })
        #expect(difference.low == -1 && difference.high == -1)
        #expect(bootstrap.mean(first).high - bootstrap.mean(first).low > 5)
    }
}
