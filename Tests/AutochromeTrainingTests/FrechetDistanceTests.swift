import AutochromeTraining
import Testing

@Suite struct FrechetDistanceTests {
    @Test func `normal distributions along the axes differ as the formula says`() {
        // Means 0 and (3, -4); variances (1, 4) and (9, 25): 25 + (1 - 3)^2 + (2 - 5)^2 = 38.
        let truth = Self.cross(mean: (0, 0), deviations: (1, 2))
        let other = Self.cross(mean: (3, -4), deviations: (3, 5))
        #expect(abs(FrechetDistance(from: truth).to(other) - 38) < 1e-5)
    }

    @Test func `covariances that do not share their axes are turned first`() {
        // Variances (4, 1) and the same turned by 45 degrees: tr (C1 C2)^(1/2) for the matrices
        // [[4, 0], [0, 1]] and [[2.5, 1.5], [1.5, 2.5]] is sqrt(trace + 2 sqrt(determinant)) of
        // their product: sqrt(12.5 + 2 * 4).
        let truth = Self.cross(mean: (0, 0), deviations: (2, 1))
        let half = Float(0.5).squareRoot()
        let turned = truth.map { [half * ($0[0] - $0[1]), half * ($0[0] + $0[1])] }
        let expected = 10 - 2 * (20.5).squareRoot()
        #expect(abs(FrechetDistance(from: truth).to(turned) - expected) < 1e-5)
    }

    @Test func `a set has no distance from itself, fewer members than features or not`() {
        for count in [5, 60] {
            let features = (0..<count).map { (row: Int) -> [Float] in
                (0..<20).map { (column: Int) -> Float in
                    let number = row * 31 + column * column * 17
                    return Float(number % 97) / 97
                }
            }
            #expect(FrechetDistance(from: features).to(features) < 1e-6)
        }
    }

    /// Four points with these means and, of a sample, these standard deviations.
    private static func cross(
        mean: (Float, Float), deviations: (Float, Float)
    ) -> [[Float]] {
        let scale = Float(1.5).squareRoot()
        return [(1, 0), (-1, 0), (0, 1), (0, -1)].map { (x: Float, y: Float) in
            [mean.0 + x * scale * deviations.0, mean.1 + y * scale * deviations.1]
        }
    }
}
