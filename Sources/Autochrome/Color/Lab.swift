/// CIELAB, D65, 2 degrees, on vectors of eight pixels.
///
/// The formulas are CIE 15:2004, section 8.2.1, with the rounded constants, the sRGB primaries
/// matrix and the white point that scikit-image uses, so that figures made with either compare.
///
/// ```
/// [X Y Z] = M [R G B]           linear light, Y of white = 1
/// f(t)    = cbrt(t)             where t > 0.008856
///           7.787 t + 16/116    below
/// L* = 116 f(Y/Yn) - 16         0...100
/// a* = 500 (f(X/Xn) - f(Y/Yn))
/// b* = 200 (f(Y/Yn) - f(Z/Zn))
/// ```
///
/// Against scikit-image in double precision the float32 results differ by less than 1e-3 over
/// all of sRGB: a relative error e of f moves a* by 500 e, and e stays below 5e-7.
package enum Lab {
    /// Eight neighbouring pixels of one plane.
    package typealias Vector = SIMD8<Float>

    private typealias C = Constants<Float>

    /// f(t) of the definition for t >= 0.
    @inline(__always)
    package static func f(_ t: Vector) -> Vector {
        let linear = C.slope * t + Vector(repeating: C.offset)
        return linear.replacing(with: cubeRoot(t), where: t .> C.linearLimit)
    }

    /// The t for which f(t) is `value`; negative where `value` lies below f(0).
    @inline(__always)
    package static func inverse(_ value: Vector) -> Vector {
        let cube = value * value * value
        let linear = (value - C.offset) * (1 / C.slope)
        return linear.replacing(with: cube, where: value .> C.linearLimitOfF)
    }

    /// L* of f(Y).
    @inline(__always)
    package static func lightness(ofF value: Vector) -> Vector {
        C.lightnessScale * value - C.lightnessOffset
    }

    /// X/Xn, Y and Z/Zn of linear sRGB.
    @inline(__always)
    package static func tristimulus(_ r: Vector, _ g: Vector, _ b: Vector) -> (
        Vector, Vector, Vector
    ) {
        (
            (C.x.r / C.white.x) * r + (C.x.g / C.white.x) * g + (C.x.b / C.white.x) * b,
            luminance(r, g, b),
            (C.z.r / C.white.z) * r + (C.z.g / C.white.z) * g + (C.z.b / C.white.z) * b
        )
    }

    /// Y of linear sRGB.
    @inline(__always)
    package static func luminance(_ r: Vector, _ g: Vector, _ b: Vector) -> Vector {
        C.y.r * r + C.y.g * g + C.y.b * b
    }

    /// Linear sRGB, unclipped, of X/Xn, Y and Z/Zn.
    ///
    /// The matrix is the inverse of that in `tristimulus`, its columns times the white point.
    @inline(__always)
    package static func linearRGB(_ x: Vector, _ y: Vector, _ z: Vector) -> (Vector, Vector, Vector)
    {
        (
            (3.240481343 * C.white.x) * x - 1.537151516 * y - (0.498536326 * C.white.z) * z,
            (-0.969254950 * C.white.x) * x + 1.875990001 * y + (0.041555927 * C.white.z) * z,
            (0.055646640 * C.white.x) * x - 0.204041338 * y + (1.057311069 * C.white.z) * z
        )
    }

    /// Cube root of t > 0, within 2e-7 relative.
    ///
    /// A third of the exponent is taken on the float's bits (Kahan), which is right within 4 %;
    /// the third is 1/4 + 1/16 + ..., by shifts, since vectors of integers have no division.
    /// Halley's step y (y^3 + 2t) / (2y^3 + t) cubes the relative error to 4e-5 and then to
    /// rounding.
    @inline(__always)
    package static func cubeRoot(_ t: Vector) -> Vector {
        let bits = unsafeBitCast(t, to: SIMD8<UInt32>.self)
        var third = (bits &>> 2) &+ (bits &>> 4)
        third &+= third &>> 4
        third &+= third &>> 8
        var y = unsafeBitCast(third &+ 709_921_077, to: Vector.self)
        for _ in 0..<2 {
            let cube = y * y * y
            y *= (cube + 2 * t) / (2 * cube + t)
        }
        return y
    }
}
