import Autochrome
import Testing

@Suite struct ColorBinsTests {
    @Test("The cells are those that some 8-bit sRGB colour rounds to, 261, by a*, then b*")
    func cells() {
        var found: Set<SIMD2<Int>> = []
        let linear = SRGBTransfer.shared.linear8.map { $0 }
        for red in linear {
            for green in linear {
                for start in stride(from: 0, to: 256, by: 8) {
                    var blue = Lab.Vector()
                    for lane in 0..<8 { blue[lane] = linear[start + lane] }
                    let lab = Lab.lab(
                        ofLinear: Lab.Vector(repeating: red), Lab.Vector(repeating: green), blue)
                    let a = (lab.a / 10).rounded(.toNearestOrEven)
                    let b = (lab.b / 10).rounded(.toNearestOrEven)
                    for lane in 0..<8 { found.insert(SIMD2(Int(a[lane]) * 10, Int(b[lane]) * 10)) }
                }
            }
        }
        let sorted = found.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        #expect(sorted.count == 261)
        #expect(ColorBins.centers.map { SIMD2(Int($0.x), Int($0.y)) } == sorted)
    }

    @Test("A colour is spread over its neighbours so that their mean is the colour again")
    func spread() {
        let spread = ColorBins.spread(a: 12, b: -7)
        let mean = (0..<4).reduce(SIMD2<Float>()) { sum, corner in
            sum + spread.parts[corner] * ColorBins.centers[Int(spread.cells[corner])]
        }
        expectClose([mean.x, mean.y], [12, -7], within: 1e-4)
    }

    @Test("At the gamut's edge the cells inside share what would go outside")
    func edge() {
        // The colour beside the lone cell at a* = -90.
        let spread = ColorBins.spread(a: -86, b: 84)
        expectClose([spread.parts.sum()], [1], within: 1e-6)
        #expect((0..<4).allSatisfy { spread.parts[$0] >= 0 })
        let outside = ColorBins.spread(a: -125, b: -125)
        #expect(outside.parts == SIMD4(1, 0, 0, 0))
    }

    @Test("Weights follow the formula: mean 1 by share, none above 8, rarer cells no lower")
    func weights() {
        var counts = [UInt64](repeating: 0, count: 261)
        (counts[0], counts[1], counts[2]) = (10_000_000, 90_000, 10)
        let weights = ColorRebalancing.weights(ofCounts: counts)
        #expect(weights[3] == 8)
        #expect(weights[0] < weights[1] && weights[1] <= weights[2])
        // By hand: p = 1 gives w = 1 / (0.5 + 0.5 / 261), scaled to 1.
        let one = ColorRebalancing.weights(ofCounts: [5, 0])
        expectClose(one.map { Float($0) }, [1, 3], within: 1e-6)
        #expect(ColorRebalancing.weights(ofCounts: [0, 0]) == [1, 1])
    }
}
