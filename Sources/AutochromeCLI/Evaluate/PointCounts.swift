import ArgumentParser

/// Numbers of points, as in `1,2,5`.
struct PointCounts: ExpressibleByArgument, Equatable {
    /// Each from 1 to 1000.
    let counts: [Int]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        let counts = parts.compactMap { Int($0) }
        guard counts.count == parts.count, !counts.isEmpty,
            counts.allSatisfy({ (1...1000).contains($0) })
        else { return nil }
        self.counts = counts
    }
}
