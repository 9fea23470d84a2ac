import AutochromeTraining
import Testing

@Suite struct VividnessCurveTests {
    private static let points = [(10.0, 8.0), (20, 8.5), (40, 10.5)].enumerated().map {
        VividnessCurve.Point(
            vividness: Double($0) / 2, colorfulness: $1.0, ciede2000: $1.1)
    }

    @Test(arguments: [(10, 8), (15, 8.25), (20, 8.5), (30, 9.5), (40, 10.5)])
    func `between points the curve is straight`(colorfulness: Double, expected: Double) {
        let found = VividnessCurve.ciede2000(at: colorfulness, on: Self.points)
        #expect(abs(found - expected) < 1e-12)
    }

    @Test(arguments: [(8, 7.9), (42, 10.7)])
    func `beyond its ends it goes on as it did`(colorfulness: Double, expected: Double) {
        let found = VividnessCurve.ciede2000(at: colorfulness, on: Self.points)
        #expect(abs(found - expected) < 1e-12)
    }

    @Test(arguments: [
        (0.0, 2, "0.00"), (-0.004, 2, "0.00"), (-0.5, 1, "-0.5"), (11.996, 2, "12.00"),
        (7, 0, "7"), (1.05, 3, "1.050"), (.infinity, 2, "inf"),
    ])
    func `figures have as many digits as asked`(value: Double, digits: Int, expected: String) {
        #expect(value.text(digits) == expected)
    }
}
