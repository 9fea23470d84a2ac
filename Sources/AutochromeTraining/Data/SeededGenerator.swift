/// Random numbers that follow from a few whole numbers alone, so that what is random in a step
/// follows from the run's seed and the step, and a resumed run needs no state but these.
///
/// SplitMix64 (Steele, Lea and Flood, 2014, "Fast Splittable Pseudorandom Number Generators").
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A stream of its own for every list of numbers.
    package init(_ numbers: UInt64...) {
        state = 0
        for number in numbers {
            state ^= number
            state = next()
        }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in 0..<1.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform in -1..<1.
    package mutating func signed() -> Double { 2 * uniform() - 1 }

    /// Uniform in 0..<count, with the tiny bias of a product instead of a rejection, which would
    /// take an unknown number of draws.
    package mutating func whole(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// Of mean 0 and standard deviation 1, nearly: the sum of four uniform numbers (Irwin-Hall),
    /// which is the same on every machine since it needs no logarithm.
    package mutating func normal() -> Float {
        var bits = next()
        var sum: Float = 0
        for _ in 0..<4 {
            sum += Float(bits & 0xFFFF) * (1 / 65536)
            bits >>= 16
        }
        return (sum - 2) * 1.7320508
    }
}
