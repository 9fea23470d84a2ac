#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The cosine of an angle.
func cosine(_ angle: Double) -> Double { cos(angle) }

/// e to the power of `value`.
func exponential(_ value: Double) -> Double { exp(value) }

/// The natural logarithm of `value`.
func logarithm(_ value: Double) -> Double { log(value) }

/// 2 to the power of `value`.
func power2(_ value: Double) -> Double { exp2(value) }

/// `base` to the power of `exponent`.
func raised(_ base: Float, to exponent: Float) -> Float { pow(base, exponent) }
