internal import Autochrome

/// Names that nobody can guess.
enum RandomName {
    /// 128 bits of the system's random numbers, as 32 hexadecimal digits.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2).map { _ in
            UInt64.random(in: .min ... .max, using: &generator).padded(16, radix: 16)
        }
        return digits.joined()
    }
}
