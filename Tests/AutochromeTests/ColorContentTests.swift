import Autochrome
import Testing

@Suite struct ColorContentTests {
    /// A picture of `side` x `side` with the lightness of a ramp and the given a*b* at each.
    private func picture(_ color: (_ x: Int, _ y: Int, _ lightness: Float) -> (Float, Float))
        -> LabPlanes
    {
        let side = 64
        var planes = (
            Plane(width: side, height: side), Plane(width: side, height: side),
            Plane(width: side, height: side)
        )
        for y in 0..<side {
            for x in 0..<side {
                let lightness = Float(x * 100) / Float(side)
                planes.0[x, y] = lightness
                (planes.1[x, y], planes.2[x, y]) = color(x, y, lightness)
            }
        }
        return LabPlanes(lightness: planes.0, a: planes.1, b: planes.2)
    }

    @Test("JPEG's noise on grey is grey")
    func grey() {
        let noisy = picture { x, y, _ in (Float((x * 7 + y * 3) % 5) - 2, Float(x % 3) - 1) }
        #expect(ColorContent(noisy) == .grey)
    }

    @Test("A sepia print is toned, even where its tone changes from shadow to light")
    func sepia() {
        let print = picture { _, _, lightness in
            (8 - lightness / 20, 12 + lightness / 10)
        }
        #expect(ColorContent(print) == .toned)
    }

    @Test("A second hue makes a photograph coloured")
    func colored() {
        let photo = picture { _, y, _ in y < 10 ? (-15, 20) : (10, 5) }
        #expect(ColorContent(photo) == .colored)
    }

    @Test("A stamp on a sepia print does not")
    func stamp() {
        let print = picture { x, y, _ in x < 8 && y < 4 ? (-20, -30) : (5, 15) }
        #expect(ColorContent(print) == .toned)
    }
}
