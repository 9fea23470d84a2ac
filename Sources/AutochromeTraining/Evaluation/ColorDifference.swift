#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// CIEDE2000, the difference of two colours in CIELAB (CIE 142-2001; the notation and the test
/// data are those of Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005), with
/// kL = kC = kH = 1.
///
/// The hues enter by their directions instead of their angles: the mean hue is that of the sum of
/// the two unit vectors, and multiples of it follow from its cosine and sine. The angle itself is
/// taken only where the rotation term differs from 0. In double precision this differs from the
/// formula as printed by less than 1e-7, and takes a third of the time.
package enum ColorDifference {
    /// A colour: L*, a*, b*.
    package typealias Color = SIMD3<Double>

    /// The difference of two colours; 1 is about what an eye just sees.
    package static func ciede2000(_ first: Color, _ second: Color) -> Double {
        let meanChroma = (chroma(first.y, first.z) + chroma(second.y, second.z)) / 2
        let stretch = 1.5 - 0.5 * share(of: meanChroma)
        let pair = Pair(
            a1: first.y * stretch, b1: first.z, a2: second.y * stretch, b2: second.z)
        let mean = (pair.c1 + pair.c2) / 2
        let hue = pair.meanHue
        let offset = (first.x + second.x) / 2 - 50
        let square = offset * offset
        let lightness = (second.x - first.x) / (1 + 0.015 * square / (20 + square).squareRoot())
        let chroma = (pair.c2 - pair.c1) / (1 + 0.045 * mean)
        let turn = pair.hueDifference / (1 + 0.015 * mean * weight(of: hue))
        let rotation = -2 * share(of: mean) * rotationSine(of: hue) * chroma * turn
        return max(0, lightness * lightness + chroma * chroma + turn * turn + rotation)
            .squareRoot()
    }

    private static func chroma(_ a: Double, _ b: Double) -> Double {
        (a * a + b * b).squareRoot()
    }

    /// sqrt(C^7 / (C^7 + 25^7))
    private static func share(of chroma: Double) -> Double {
        let square = chroma * chroma
        let seventh = square * square * square * chroma
        return (seventh / (seventh + 6_103_515_625)).squareRoot()
    }

    /// T = 1 - 0.17 cos(h - 30) + 0.24 cos 2h + 0.32 cos(3h + 6) - 0.20 cos(4h - 63), in degrees.
    private static func weight(of hue: SIMD2<Double>) -> Double {
        let (cos1, sin1) = (hue.x, hue.y)
        let (cos2, sin2) = (cos1 * cos1 - sin1 * sin1, 2 * cos1 * sin1)
        let (cos3, sin3) = (cos2 * cos1 - sin2 * sin1, sin2 * cos1 + cos2 * sin1)
        let (cos4, sin4) = (cos2 * cos2 - sin2 * sin2, 2 * cos2 * sin2)
        // cos(x - y) = cos x cos y + sin x sin y, the cosines and sines of y written out
        let first = 0.866_025_403_784_438_6 * cos1 + 0.5 * sin1
        let third = 0.994_521_895_368_273_3 * cos3 - 0.104_528_463_267_653_5 * sin3
        let fourth = 0.453_990_499_739_546_8 * cos4 + 0.891_006_524_188_367_9 * sin4
        return 1 - 0.17 * first + 0.24 * cos2 + 0.32 * third - 0.20 * fourth
    }

    /// sin(2 dTheta), dTheta = 30 exp(-((h - 275) / 25)^2), in degrees.
    private static func rotationSine(of hue: SIMD2<Double>) -> Double {
        // Farther than 110 degrees from 275 the sine is below 1e-8.
        let cosineOfDistance = 0.087_155_742_747_658_2 * hue.x - 0.996_194_698_091_745_5 * hue.y
        guard cosineOfDistance > -0.342 else { return 0 }
        let distance = acos(min(cosineOfDistance, 1)) * (180 / Double.pi) / 25
        return sin(Double.pi / 3 * exp(-distance * distance))
    }
}

extension ColorDifference {
    /// Two colours in the plane of a' and b.
    private struct Pair {
        let a1: Double
        let b1: Double
        let a2: Double
        let b2: Double
        let c1: Double
        let c2: Double

        init(a1: Double, b1: Double, a2: Double, b2: Double) {
            (self.a1, self.b1, self.a2, self.b2) = (a1, b1, a2, b2)
            (c1, c2) = (chroma(a1, b1), chroma(a2, b2))
        }

        /// dH' = 2 sqrt(C1' C2') sin(dh / 2), from 2 sin^2(x / 2) = 1 - cos x; for hues that
        /// are near each other as sin^2 x / (1 + cos x), which does not cancel.
        var hueDifference: Double {
            let (product, dot, cross) = (c1 * c2, a1 * a2 + b1 * b2, a1 * b2 - a2 * b1)
            let half = dot > 0 ? cross * cross / (product + dot) : max(0, product - dot)
            let size = (2 * half).squareRoot()
            return cross < 0 ? -size : size
        }

        /// Cosine and sine of the mean hue; where one colour is grey, the other's.
        var meanHue: SIMD2<Double> {
            let first = c1 > 0 ? SIMD2(a1, b1) / c1 : .zero
            let second = c2 > 0 ? SIMD2(a2, b2) / c2 : .zero
            let sum = first + second
            let square = sum.x * sum.x + sum.y * sum.y
            guard square > 1e-18 else { return meanOfOpposites }
            return sum / square.squareRoot()
        }

        /// Of opposite hues h1 < h2 the mean is h1 + 90 degrees.
        private var meanOfOpposites: SIMD2<Double> {
            guard c1 > 0, c2 > 0 else { return .zero }
            let firstIsLess = b1 > 0 || (b1 == 0 && a1 > 0)
            return firstIsLess ? SIMD2(-b1, a1) / c1 : SIMD2(-b2, a2) / c2
        }
    }
}
