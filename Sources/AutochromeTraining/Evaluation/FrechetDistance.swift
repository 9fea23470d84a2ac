/// The Fréchet distance of two sets of features taken for normal distributions (Heusel et al.,
/// "GANs trained by a two time-scale update rule converge to a local Nash equilibrium", 2017):
///
/// ```
/// d^2 = |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))
/// ```
///
/// tr (C1 C2)^(1/2) is the sum of the square roots of the eigenvalues of R C2 R, R = C1^(1/2).
/// With few photographs it comes out too large, so only figures of the same ones compare.
package struct FrechetDistance {
    private let truth: Moments
    /// C1^(1/2)
    private let root: SymmetricMatrix

    /// - Parameter truth: the features of the true photographs, at least two.
    package init(from truth: [[Float]]) {
        self.truth = Moments(truth)
        root = self.truth.covariance.squareRoot()
    }

    /// The distance of as many others.
    package func to(_ features: [[Float]]) -> Double {
        let other = Moments(features)
        let means = zip(truth.mean, other.mean).reduce(0) {
            $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
        }
        let product = root.times(other.covariance).times(root)
        let roots = product.eigenvalues().reduce(0) { $0 + max(0, $1).squareRoot() }
        return max(0, means + truth.covariance.trace + other.covariance.trace - 2 * roots)
    }

    private struct Moments {
        let mean: [Double]
        let covariance: SymmetricMatrix

        init(_ features: [[Float]]) {
            let (count, size) = (Double(features.count), features[0].count)
            var mean = [Double](repeating: 0, count: size)
            for row in features { for i in 0..<size { mean[i] += Double(row[i]) / count } }
            var matrix = SymmetricMatrix(size: size)
            for row in features {
                let offset = (0..<size).map { Double(row[$0]) - mean[$0] }
                for i in 0..<size {
                    let factor = offset[i] / (count - 1)
                    for j in 0..<size { matrix[i, j] += factor * offset[j] }
                }
            }
            (self.mean, covariance) = (mean, matrix)
        }
    }
}
