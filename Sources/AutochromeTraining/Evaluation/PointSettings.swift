/// Which numbers of true points are tried, and where.
package struct PointSettings: Sendable, Equatable {
    /// Points a photograph of which each is tried alone.
    package static let singles = 4

    /// Numbers of points, rising.
    package let counts: [Int]
    /// The random seed of their places.
    package let seed: UInt64

    /// - Parameters:
    ///   - counts: at least one, each from 1 on.
    ///   - seed: the random seed.
    package init(counts: [Int], seed: UInt64) {
        self.counts = Set(counts).sorted()
        self.seed = seed
    }
}
