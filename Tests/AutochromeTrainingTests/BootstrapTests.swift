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

    @Test func `the same figures give the same interval, and one value none`() {
        let values = [3.0, 1, 4, 1, 5, 9, 2, 6]
        #expect(Bootstrap(count: 8).mean(values) == Bootstrap(count: 8).mean(values))
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
