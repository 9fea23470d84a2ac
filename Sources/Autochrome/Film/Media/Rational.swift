/// A fraction, as of time bases and the shape of pixels.
package struct Rational: Sendable, Hashable, Codable {
    /// What is divided.
    package let numerator: Int

    /// What it is divided by.
    package let denominator: Int

    /// A fraction as it stands; it is not reduced.
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

    /// The nearest number, which is infinite or none where the denominator is 0.
    package var value: Double { Double(numerator) / Double(denominator) }

    /// This many units in whole microseconds, to the nearest; the largest number there is for
    /// more than that.
    ///
    /// - Precondition: numerator and denominator are positive, the numerator below 2^40.
    package func microseconds(_ units: Int64) -> Int64 {
        guard abs(Double(units) * value * 1e6) < 9e18 else { return units < 0 ? .min : .max }
        let (high, low) = units.multipliedFullWidth(by: Int64(numerator) * 1_000_000)
        let half = Int64(denominator) / 2
        let (sum, carry) = low.addingReportingOverflow(UInt64(half))
        return Int64(denominator).dividingFullWidth((high + (carry ? 1 : 0), sum)).quotient
    }
}
