import Autochrome
import Testing

/// What hints promise of the pixels that they are given for, and of the others.
@Suite struct HintCorrectionTests {
    private static let scene = HintScene(width: 480, height: 320)
    private static let red = HintColor(red: 120, green: 50, blue: 55)
    private static let blue = HintColor(red: 60, green: 70, blue: 120)

    /// The pixel of `output` in codes of 255.
    private func pixel(_ output: [UInt16], _ x: Int, _ y: Int, in scene: HintScene) -> SIMD3<Float>
    {
        let start = 3 * (y * scene.width + x)
        return SIMD3((0..<3).map { Float(output[start + $0]) / 257 })
    }

    private func expectColor(
        _ color: HintColor, _ output: [UInt16], _ x: Int, _ y: Int, in scene: HintScene,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (found, expected) = (
            pixel(output, x, y, in: scene), scene.expected(color, x: x, y: y)
        )
        for channel in 0..<3 {
            // A code, as is promised.
            #expect(
                abs(found[channel] - expected[channel]) <= 1, "\(x), \(y): \(found), \(expected)",
                sourceLocation: sourceLocation)
        }
    }

    @Test(
        "A pixel pointed at has the hint's colour at its own lightness, whatever the saturation",
        arguments: [0, 1, 3] as [Float])
    func exact(saturation: Float) {
        var scene = Self.scene
        scene.saturation = saturation
        let colors = [
            Self.red, Self.blue, .grey, HintColor(red: 250, green: 240, blue: 0),
            HintColor(red: 255, green: 0, blue: 30),
        ]
        // In the field, on its edge, in a corner, and where the gamut is narrow.
        let places = [(0.3, 0.3), (0.4999, 0.6), (0.0, 0.0), (1.0, 1.0)]
        for color in colors {
            let hints = Hints(
                points: places.map { .init(x: $0.0, y: $0.1, color: color, radius: 0) })
            let output = scene.painted(hints)
            for (x, y) in places {
                expectColor(
                    color, output, min(Int(x * 480), 479), min(Int(y * 320), 319), in: scene)
            }
        }
    }

    @Test("Within its radius a point's colour holds, and beyond twice that nothing changes")
    func reach() {
        let scene = Self.scene
        let hints = Hints(points: [.init(x: 0.25, y: 0.5, color: Self.red, radius: 0.1)])
        let (plain, output) = (scene.painted(nil), scene.painted(hints))
        // A radius of 32 pixels.
        for (x, y) in [(120, 160), (145, 160), (120, 135), (100, 175)] {
            expectColor(Self.red, output, x, y, in: scene)
        }
        for (x, y) in [(120 + 72, 160), (120, 160 + 72), (20, 20), (400, 160)] {
            #expect(pixel(output, x, y, in: scene) == pixel(plain, x, y, in: scene))
        }
    }

    @Test("A point's colour stops at an edge of the photograph")
    func edge() {
        let scene = Self.scene
        let hints = Hints(points: [.init(x: 0.46, y: 0.5, color: Self.red, radius: 0.1)])
        let (plain, output) = (scene.painted(nil), scene.painted(hints))
        expectColor(Self.red, output, 235, 160, in: scene)
        for x in 245..<480 {
            #expect(pixel(output, x, 160, in: scene) == pixel(plain, x, 160, in: scene), "\(x)")
        }
    }

    @Test("Of two hints on one pixel the later holds, and a point lies over an area")
    func later() {
        let scene = Self.scene
        func points(_ colors: HintColor...) -> Hints {
            Hints(points: colors.map { .init(x: 0.25, y: 0.5, color: $0, radius: 0.05) })
        }
        expectColor(Self.red, scene.painted(points(Self.blue, Self.red)), 120, 160, in: scene)
        expectColor(Self.blue, scene.painted(points(Self.red, Self.blue)), 120, 160, in: scene)
        // A pixel within the radius of both; the earlier point's own place is, too.
        let both = Hints(points: [
            .init(x: 0.25, y: 0.5, color: Self.red, radius: 0.1),
            .init(x: 0.3, y: 0.5, color: Self.blue, radius: 0.1),
        ])
        expectColor(Self.blue, scene.painted(both), 132, 160, in: scene)
        expectColor(Self.blue, scene.painted(both), 120, 160, in: scene)
        expectColor(Self.red, scene.painted(both), 96, 160, in: scene)
        let square: [SIMD2<Double>] = [[0.1, 0.1], [0.4, 0.1], [0.4, 0.9], [0.1, 0.9]]
        let areas = Hints(
            points: [.init(x: 0.25, y: 0.5, color: .grey, radius: 0.05)],
            areas: [
                .init(corners: square, color: Self.red),
                .init(corners: square.map { $0 + [0, 0.3] }, color: Self.blue),
            ])
        let output = scene.painted(areas)
        expectColor(.grey, output, 120, 160, in: scene)
        expectColor(Self.red, output, 120, 80, in: scene)
        expectColor(Self.blue, output, 120, 240, in: scene)
    }

    @Test("Hints side by side each have their own pixel")
    func neighbours() {
        let scene = Self.scene
        let hints = Hints(points: [
            .init(x: 100.5 / 480, y: 0.5, color: Self.red, radius: 0),
            .init(x: 101.5 / 480, y: 0.5, color: Self.blue, radius: 0),
        ])
        let output = scene.painted(hints)
        expectColor(Self.red, output, 100, 160, in: scene)
        expectColor(Self.blue, output, 101, 160, in: scene)
    }

    @Test(
        "An area is filled to the photograph's edge and not over it, though it is drawn off it",
        arguments: [-6.0, -3, 0, 3, 6])
    func area(offset: Double) {
        let scene = Self.scene
        let right = (240 + offset) / 480
        let corners: [SIMD2<Double>] = [[0.2, 0.2], [right, 0.2], [right, 0.8], [0.2, 0.8]]
        let hints = Hints(areas: [.init(corners: corners, color: Self.red)])
        let (plain, output) = (scene.colors(nil), scene.colors(hints))
        for y in [96, 160, 224] {
            for x in [130, 200, 230, 236, 238] {
                #expect(abs(output.a[x, y] - Self.red.a) < 2, "\(x) \(y): \(output.a[x, y])")
            }
            for x in [242, 244, 250, 300] {
                #expect(abs(output.a[x, y] - plain.a[x, y]) < 2, "\(x) \(y): \(output.a[x, y])")
            }
        }
        #expect(output.a[30, 30] == plain.a[30, 30])
        for pixel in output.lightness.values.indices {
            // Codes of 16 bits.
            #expect(abs(output.lightness.values[pixel] - plain.lightness.values[pixel]) < 0.02)
        }
    }

    @Test("The same hints give the same colours at other sizes of a photograph")
    func sizes() {
        let hints = Hints(
            points: [
                .init(x: 0.2, y: 0.3, color: Self.red, radius: 0.04),
                .init(x: 0.7, y: 0.6, color: Self.blue, radius: 0.08),
            ],
            areas: [.init(corners: [[0.3, 0.6], [0.5, 0.6], [0.4, 0.9]], color: .grey)])
        let small = Self.scene.colors(hints)
        let large = HintScene(width: 1440, height: 960).colors(hints)
        var sum: Float = 0
        for y in 0..<320 {
            for x in 0..<480 {
                sum +=
                    abs(small.a[x, y] - large.a[3 * x + 1, 3 * y + 1])
                    + abs(small.b[x, y] - large.b[3 * x + 1, 3 * y + 1])
            }
        }
        // A step of a*b* would be 1; edges of hints are not drawn to the same pixel.
        #expect(sum / (480 * 320) < 0.1, "\(sum / (480 * 320))")
    }

    @Test("A row painted in parts is the row painted whole, to the bit")
    func parts() {
        let hints = Hints(
            points: [.init(x: 0.45, y: 0.3, color: Self.red, radius: 0.1)],
            areas: [.init(corners: [[0.3, 0.6], [0.7, 0.6], [0.4, 0.9]], color: .grey)])
        #expect(Self.scene.painted(hints) == Self.scene.painted(hints, step: 37))
    }

    @Test("The network hears the hints but those that hold only here")
    func heard() throws {
        let view = Self.scene.view
        func point(_ x: Double, isLocal: Bool) -> HintPoint {
            HintPoint(x: x, y: 0.5, color: Self.red, radius: 0.05, isLocal: isLocal)
        }
        let local = Hints(points: [point(0.25, isLocal: true)])
        #expect(!local.needsListening && view.input(local).hints == nil)
        let both = Hints(points: [point(0.25, isLocal: true), point(0.75, isLocal: false)])
        let plane = try #require(view.input(both).hints)
        let (count, row) = (plane.width * plane.height, 16 * plane.width)
        // 192 x 128 pixels, 48 places across.
        #expect(plane.values[2 * count + row + 12] == 0)
        #expect(plane.values[2 * count + row + 36] == 1)
        #expect(abs(plane.values[row + 36] - Self.red.a / 100) < 0.01)
        let over = Hints(points: [point(0.75, isLocal: false), point(0.75, isLocal: true)])
        #expect(view.input(over).hints == nil, "what holds only here lies over the other")
    }

    @Test("Ten thousand points each have their own pixel")
    func many() {
        let scene = Self.scene
        let points = (0..<10_000).map { index -> HintPoint in
            let (column, row) = (4 * (index % 100), 3 * (index / 100))
            return HintPoint(
                x: (Double(column) + 0.5) / 480, y: (Double(row) + 0.5) / 320,
                color: index % 2 == 0 ? Self.red : Self.blue, radius: 0)
        }
        let output = scene.painted(Hints(points: points))
        for index in stride(from: 0, to: 10_000, by: 331) {
            expectColor(
                index % 2 == 0 ? Self.red : Self.blue, output, index % 100 * 4, index / 100 * 3,
                in: scene)
        }
    }
}
