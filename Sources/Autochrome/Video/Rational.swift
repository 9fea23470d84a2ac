/// A fraction, as of time bases, frame rates and the shape of pixels.
package struct Rational: Sendable, Hashable, Codable {
    package let numerator: Int
    package let denominator: Int

    package init(_ numerator: Int, _ denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Reads `30000/1001` or `4:3`; nil for anything else, and for fractions that are not
    /// positive numbers.
    package init?(_ text: String) {
        let parts = text.split(whereSeparator: { $0 == "/" || $0 == ":" }).map { Int($0) }
        guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
            numerator > 0, denominator > 0
        else { return nil }
        self.init(numerator, denominator)
    }

    package var value: Double { Double(numerator) / Double(denominator) }

    /// This many units in whole microseconds, to the nearest.
    package func microseconds(_ units: Int64) -> Int64 {
        let (high, low) = units.multipliedFullWidth(by: Int64(numerator) * 1_000_000)
        let half = Int64(denominator) / 2
        let (sum, carry) = low.addingReportingOverflow(UInt64(half))
        return Int64(denominator).dividingFullWidth((high + (carry ? 1 : 0), sum)).quotient
    }
}
