/// A mean and the interval in which it lies with 95 % confidence.
package struct Estimate: Codable, Sendable, Equatable {
    /// The mean.
    package let value: Double
    /// Where the interval begins.
    package let low: Double
    /// Where it ends.
    package let high: Double
}
