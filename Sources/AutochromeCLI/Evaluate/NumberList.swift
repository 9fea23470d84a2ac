import ArgumentParser

/// Numbers of points, as in `1,2,5`.
struct PointCounts: ExpressibleByArgument, Equatable {
    /// Each from 1 to 1000.
    let counts: [Int]

    init?(argument: String) {
        guard let counts = numberList(argument, in: 1...1000) else { return nil }
        self.counts = counts
    }
}

/// Values of colourfulness, as in `30,33,36`.
struct ColorfulnessList: ExpressibleByArgument, Equatable {
    /// Each from 1 to 200.
    let values: [Double]

    init?(argument: String) {
        guard let values = numberList(argument, in: 1.0...200) else { return nil }
        self.values = values
    }
}

/// The numbers of a list with commas; nil where one is no number or out of range.
private func numberList<Number: LosslessStringConvertible & Comparable>(
    _ argument: String, in range: ClosedRange<Number>
) -> [Number]? {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Number(String($0)) }
    let isWhole = numbers.count == parts.count && !numbers.isEmpty
    return isWhole && numbers.allSatisfy { range.contains($0) } ? numbers : nil
}
