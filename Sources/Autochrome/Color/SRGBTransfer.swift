#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The transfer function of sRGB (IEC 61966-2-1) as tables.
///
/// `decode` turns an encoded value into linear light, `encode` linear light into an encoded
/// value; both run over 0...1. The tables are made once from the standard's formulas in double
/// precision, so a row of pixels costs look-ups and no powers.
package struct SRGBTransfer: Sendable {
    /// The one set of tables, 1.1 MB.
    package static let shared = SRGBTransfer()

    /// Linear light of the 256 codes of 8 bits.
    package let linear8: [Float]

    /// Linear light of the 65,536 codes of 16 bits.
    package let linear16: [Float]

    /// As `linear16`, in double precision.
    private let precise16: [Double]

    /// The 8-bit code of linear light `i / 16383`, to the nearest.
    ///
    /// One step of the index is at most 0.2 codes (at black, where the curve is steepest).
    package let code8: [UInt8]

    /// The encoded value, 0...1, of linear light `i / 65536`, with one entry beyond the end.
    ///
    /// Interpolated linearly it is off by at most h^2 / 8 max|f''| = 7e-8 (h = 1/65536), which
    /// is a two-hundredth of a 16-bit code.
    package let encoded: [Float]

    private init() {
        linear8 = (0...255).map { Float(Self.decode(Double($0) / 255)) }
        precise16 = (0...65535).map { Self.decode(Double($0) / 65535) }
        linear16 = precise16.map { Float($0) }
        code8 = (0...16383).map { UInt8((Self.encode(Double($0) / 16383) * 255).rounded()) }
        encoded = (0...65537).map { Float(Self.encode(min(1, Double($0) / 65536))) }
    }

    /// Linear light of an encoded value 0...1, by the standard's formula.
    package static func decode(_ value: Double) -> Double {
        value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    /// Encoded value of linear light 0...1, by the standard's formula.
    package static func encode(_ value: Double) -> Double {
        value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
    }

    /// Linear light of an encoded value in any precision, by interpolation in `linear16`.
    ///
    /// Values outside 0...1 are clipped. The interpolation is off by less than 1e-9.
    @inline(__always)
    package func decode(_ value: Float) -> Float {
        let position = min(max(value, 0), 1) * 65535
        let index = min(Int(position), 65534)
        let below = linear16[index]
        return below + (position - Float(index)) * (linear16[index + 1] - below)
    }

    /// Linear light of an encoded value in double precision; clipped to 0...1. Codes of 8 and 16
    /// bits, which a float holds nearly, are taken as what they are.
    package func preciseDecode(_ value: Float) -> Double {
        let position = min(max(Double(value), 0), 1) * 65535
        let code = position.rounded()
        if abs(position - code) < 0.01 { return precise16[Int(code)] }
        let below = precise16[Int(position)]
        return below + (position - position.rounded(.down)) * (precise16[Int(position) + 1] - below)
    }

    /// Encoded value of linear light, by interpolation in `encoded`; clipped to 0...1, and what is
    /// not a number to 0.
    @inline(__always)
    package func encode(_ linear: Float) -> Float {
        // In this order `max` does not hand on what is not a number.
        let position = min(max(0, linear), 1) * 65536
        let index = Int(position)
        let below = encoded[index]
        return below + (position - Float(index)) * (encoded[index + 1] - below)
    }
}
