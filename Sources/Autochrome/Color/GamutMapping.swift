/// Brings colours into the sRGB gamut at constant lightness and hue.
///
/// Only the chroma is reduced, to the most that sRGB can show: L* and the angle of (a*, b*) stay.
/// Along such a line each linear channel is a smooth function of the chroma that leaves 0...1
/// once, so halving the interval finds where.
package enum GamutMapping {
    /// Tolerance outside 0...1 of a linear channel before its colour counts as out of gamut.
    ///
    /// Less than half of an 8-bit code at either end, and more than the 3e-5 by which the
    /// white point's rounded constants miss R = G = B.
    static let tolerance: Float = 1e-4

    /// Steps of halving; the chroma kept is within 1/256 of the most possible.
    static let steps = 8

    /// The same for colours that a person chose, within 1/4096: near black, where codes are close,
    /// the other would miss by two.
    static let fineSteps = 12

    /// Linear sRGB, 0...1, of eight pixels.
    ///
    /// - Parameters:
    ///   - y: luminance Y, 0...1.
    ///   - fy: f(Y) of `Lab`, passed in because the caller has it.
    ///   - dx: a* / 500.
    ///   - dz: -b* / 200.
    ///   - isFine: 1 where the chroma is reduced in `fineSteps`, else 0.
    @inline(__always)
    package static func linear(
        y: Lab.Vector, fy: Lab.Vector, dx: Lab.Vector, dz: Lab.Vector,
        isFine: Lab.Vector = Lab.Vector()
    ) -> (Lab.Vector, Lab.Vector, Lab.Vector) {
        var rgb = Lab.linearRGB(Lab.inverse(fy + dx), y, Lab.inverse(fy + dz))
        let outside = isOutside(rgb)
        if any(outside) {
            var kept = chromaKept(y: y, fy: fy, dx: dx, dz: dz)
            if any(outside .& (isFine .> 0)) {
                let finer = chromaKept(y: y, fy: fy, dx: dx, dz: dz, steps: fineSteps)
                kept.replace(with: finer, where: isFine .> 0)
            }
            kept.replace(with: 1, where: .!outside)
            rgb = Lab.linearRGB(Lab.inverse(fy + kept * dx), y, Lab.inverse(fy + kept * dz))
        }
        return (clipped(rgb.0), clipped(rgb.1), clipped(rgb.2))
    }

    /// The largest share of each colour's chroma, 0...1, that stays inside the gamut.
    static func chromaKept(lightness: [Float], a: [Float], b: [Float]) -> [Float] {
        typealias C = Lab.Constants<Float>
        var result = [Float](repeating: 1, count: lightness.count)
        let lanes = Lab.Vector.scalarCount
        for start in stride(from: 0, to: lightness.count, by: lanes) {
            let count = min(lanes, lightness.count - start)
            var (fy, dx, dz) = (Lab.Vector(), Lab.Vector(), Lab.Vector())
            for lane in 0..<count {
                fy[lane] = (lightness[start + lane] + C.lightnessOffset) / C.lightnessScale
                dx[lane] = a[start + lane] / C.aScale
                dz[lane] = b[start + lane] / -C.bScale
            }
            let y = Lab.inverse(fy)
            let inside = .!isOutside(Lab.linearRGB(Lab.inverse(fy + dx), y, Lab.inverse(fy + dz)))
            let kept = chromaKept(y: y, fy: fy, dx: dx, dz: dz).replacing(with: 1, where: inside)
            for lane in 0..<count { result[start + lane] = kept[lane] }
        }
        return result
    }

    /// The largest share of the chroma, 0...1, that stays inside the gamut.
    private static func chromaKept(
        y: Lab.Vector, fy: Lab.Vector, dx: Lab.Vector, dz: Lab.Vector, steps: Int = Self.steps
    ) -> Lab.Vector {
        var kept = Lab.Vector(repeating: 0)
        var step: Float = 0.5
        for _ in 0..<steps {
            let tried = kept + step
            let rgb = Lab.linearRGB(Lab.inverse(fy + tried * dx), y, Lab.inverse(fy + tried * dz))
            kept.replace(with: tried, where: .!isOutside(rgb))
            step /= 2
        }
        return kept
    }

    @inline(__always)
    private static func isOutside(_ rgb: (Lab.Vector, Lab.Vector, Lab.Vector)) -> SIMDMask<
        SIMD8<Int32>
    > {
        // Not by least and greatest: the standard library's take the lanes one by one.
        let low = (rgb.0 .< -tolerance) .| (rgb.1 .< -tolerance) .| (rgb.2 .< -tolerance)
        let high = 1 + tolerance
        return low .| (rgb.0 .> high) .| (rgb.1 .> high) .| (rgb.2 .> high)
    }

    @inline(__always)
    private static func clipped(_ channel: Lab.Vector) -> Lab.Vector {
        channel.replacing(with: 0, where: channel .< 0).replacing(with: 1, where: channel .> 1)
    }
}
