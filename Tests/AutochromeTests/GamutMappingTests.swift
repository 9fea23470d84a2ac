import Autochrome
import Foundation
import Testing

@Suite struct GamutMappingTests {
    @Test("Every colour comes into the gamut at its own lightness and hue")
    func lightnessAndHueStay() {
        for lightness in stride(from: Float(2), to: 100, by: 7) {
            for hue in 0..<24 {
                for chroma in [Float(5), 40, 90, 150] {
                    check(lightness: lightness, hue: Float(hue) * .pi / 12, chroma: chroma)
                }
            }
        }
    }

    private func check(lightness: Float, hue: Float, chroma: Float) {
        let (a, b) = (chroma * cos(hue), chroma * sin(hue))
        let mapped = map(lightness: lightness, a: a, b: b)
        let result = Lab.lab(
            ofLinear: .init(repeating: mapped.0), .init(repeating: mapped.1),
            .init(repeating: mapped.2))
        for channel in [mapped.0, mapped.1, mapped.2] { #expect((0...1).contains(channel)) }
        // The tolerance of the gamut, a ten-thousandth of linear light, is clipped at the end;
        // in the dark, where f is steepest, that is 0.09 of L*.
        #expect(abs(result.lightness[0] - lightness) < 0.1)
        // The clipping also turns the hue a little: |sin| of the angle times the chroma.
        let turned = (result.a[0] * b - result.b[0] * a) / chroma
        #expect(abs(turned) < 0.5, "L* \(lightness), hue \(hue), chroma \(chroma)")
    }

    @Test("A colour inside the gamut is left as it is")
    func insideStays() {
        let mapped = map(lightness: 60, a: 20, b: -15)
        let result = Lab.lab(
            ofLinear: .init(repeating: mapped.0), .init(repeating: mapped.1),
            .init(repeating: mapped.2))
        #expect(abs(result.lightness[0] - 60) < 1e-3)
        #expect(abs(result.a[0] - 20) < 2e-3)
        #expect(abs(result.b[0] + 15) < 2e-3)
    }

    @Test("What is left of a colour outside the gamut reaches its edge")
    func reachesEdge() {
        let mapped = map(lightness: 60, a: 120, b: 60)
        let channels = [mapped.0, mapped.1, mapped.2]
        let gap = channels.map { min($0, 1 - $0) }.min() ?? 1
        #expect(gap < 0.02)
    }

    /// Linear sRGB of one colour, in gamut.
    private func map(lightness: Float, a: Float, b: Float) -> (Float, Float, Float) {
        let fy = Lab.Vector(repeating: (lightness + 16) / 116)
        let mapped = GamutMapping.linear(
            y: Lab.inverse(fy), fy: fy, dx: .init(repeating: a / 500),
            dz: .init(repeating: -b / 200))
        return (mapped.0[0], mapped.1[0], mapped.2[0])
    }
}
