import Autochrome
import Testing

@Suite struct GuidedUpsamplingTests {
    /// Paints one 16-bit grey row of `width` pixels, in parts of `step` pixels.
    private func paint(
        _ upsampling: GuidedUpsampling, greys: [UInt16], row: Int, step: Int
    ) -> [UInt16] {
        let painter = RowPainter(upsampling: upsampling, saturation: 1)
        var output = [UInt16](repeating: 0, count: greys.count * 3)
        greys.withUnsafeBytes { input in
            output.withUnsafeMutableBytes { output in
                for x in stride(from: 0, to: greys.count, by: step) {
                    let end = min(x + step, greys.count)
                    painter.paint(
                        PhotoRow(
                            x: x, y: row, width: end - x, bitDepth: 16, inputBands: 1,
                            outputBands: 3, input: .init(rebasing: input[x * 2..<end * 2]),
                            output: .init(rebasing: output[x * 6..<end * 6])))
                }
            }
        }
        return output
    }

    private func lab(_ pixels: [UInt16]) -> LabPlanes {
        Lab.planes(
            of: pixels.map { Float($0) / 65535 }, channels: 3, width: pixels.count / 3, height: 1)
    }

    private func plane(_ value: (Int, Int) -> Float) -> Plane {
        Plane(width: 8, height: 8, values: (0..<64).map { value($0 % 8, $0 / 8) })
    }

    @Test("A colour that is one everywhere stays so, and every pixel keeps its lightness")
    func constantColor() {
        let upsampling = GuidedUpsampling(
            lightness: plane { x, y in Float(10 * x + y) }, a: plane { _, _ in 12 },
            b: plane { _, _ in -9 }, scaleX: 12.5, scaleY: 12.5)
        let greys = (0..<100).map { UInt16(20000 + 300 * $0) }
        let before = Lab.planes(
            of: greys.map { Float($0) / 65535 }, channels: 1, width: 100, height: 1)
        let after = lab(paint(upsampling, greys: greys, row: 40, step: 100))
        for x in 0..<100 {
            // 16-bit codes are 0.004 of a*b* apart here at the most.
            #expect(abs(after.a.values[x] - 12) < 0.01)
            #expect(abs(after.b.values[x] + 9) < 0.01)
            #expect(abs(after.lightness.values[x] - before.lightness.values[x]) < 0.005)
        }
    }

    @Test("A row painted in parts is the row painted whole, to the bit")
    func parts() {
        let upsampling = GuidedUpsampling(
            lightness: plane { x, y in Float((x * 31 + y * 17) % 100) },
            a: plane { x, _ in Float(x * 5 - 20) }, b: plane { _, y in Float(y * 7 - 20) },
            scaleX: 12.5, scaleY: 9)
        let greys = (0..<100).map { UInt16($0 * 655) }
        let whole = paint(upsampling, greys: greys, row: 33, step: 100)
        #expect(paint(upsampling, greys: greys, row: 33, step: 7) == whole)
    }

    @Test("Colour follows an edge of lightness that the low resolution only hints at")
    func edge() {
        // Left half dark and red, right half light and green.
        let upsampling = GuidedUpsampling(
            lightness: plane { x, _ in x < 4 ? 30 : 80 }, a: plane { x, _ in x < 4 ? 30 : -30 },
            b: plane { _, _ in 0 }, scaleX: 10, scaleY: 10)
        // At full size the edge lies three pixels further right than the samples say.
        let dark = UInt16(65535 * 0.28)
        let light = UInt16(65535 * 0.78)
        let greys = (0..<80).map { $0 < 43 ? dark : light }
        let after = lab(paint(upsampling, greys: greys, row: 40, step: 80))
        #expect(after.a.values[42] > 20)
        #expect(after.a.values[43] < -20)
    }
}
