import Autochrome
import Testing

/// Against scikit-image in double precision; `Fixtures/README.md` tells how the file is packed.
@Suite struct LabTests {
    private let fixture: Weights

    init() throws {
        fixture = try Weights(reading: Fixture.path("lab.safetensors"))
    }

    /// All sRGB colours in steps of 5, red outermost, `[52 * 52 * 52, 3]`.
    private static let colors: [Float] = {
        let levels = stride(from: Float(0), through: 255, by: 5).map { $0 / 255 }
        return levels.flatMap { red in
            levels.flatMap { green in levels.flatMap { blue in [red, green, blue] } }
        }
    }()

    /// Their Lab, in the same order.
    private func grid() throws -> [Float] {
        var slice = try Fixture.tensor("grid.start", in: fixture).values
        let steps = try Fixture.tensor("grid.steps", in: fixture).values
        var lab = slice
        for red in 0..<51 {
            for i in slice.indices { slice[i] += steps[red * slice.count + i] / 4096 }
            lab += slice
        }
        return lab
    }

    @Test("All sRGB colours in steps of 5 agree with scikit-image's rgb2lab within 1e-3")
    func rgb2lab() throws {
        let planes = Lab.planes(
            of: Self.colors, channels: 3, width: Self.colors.count / 3, height: 1)
        // The file's own packing is within 1.3e-4.
        expectClose(values(planes), try grid(), within: 1e-3)
    }

    @Test("For training, all sRGB colours in steps of 5 are scikit-image's, rounded once")
    func precise() throws {
        let planes = Lab.precisePlanes(
            of: Self.colors, channels: 3, width: Self.colors.count / 3, height: 1)
        // The file's steps are of 1/4096, and float32 holds 100 within 4e-6.
        expectClose(values(planes), try grid(), within: 0.52 / 4096)
        let grey = Lab.precisePlanes(of: [0.5, 1], channels: 1, width: 2, height: 1)
        // 116 f(Y) - 16 of linear light 0.2140411: 53.388964 (CIE 15:2004), and white's 100.
        expectClose(grey.lightness.values, [53.388964, 100], within: 1e-5)
    }

    @Test("Back again, the grid's colours are the sRGB colours they came from within 1e-3")
    func roundTrip() throws {
        expectClose(Lab.pixels(of: planes(try grid())), Self.colors, within: 1e-3)
    }

    @Test("Colours in and out of the gamut agree with scikit-image's lab2rgb within 1e-3")
    func lab2rgb() throws {
        let lab = try Fixture.tensor("inverse.lab", in: fixture).values
        let expected = try Fixture.tensor("inverse.rgb", in: fixture).values
        expectClose(Lab.pixels(of: planes(lab)), expected, within: 1e-3)
    }

    @Test("Grey given as one channel or as three is the same")
    func greyChannels() {
        let grey = (0...255).map { Float($0) / 255 }
        let one = Lab.planes(of: grey, channels: 1, width: 256, height: 1)
        let three = Lab.planes(
            of: grey.flatMap { [$0, $0, $0] }, channels: 3, width: 256, height: 1)
        #expect(one.lightness == three.lightness)
    }

    private func values(_ planes: LabPlanes) -> [Float] {
        planes.lightness.values.indices.flatMap {
            [planes.lightness.values[$0], planes.a.values[$0], planes.b.values[$0]]
        }
    }

    private func planes(_ lab: [Float]) -> LabPlanes {
        func plane(_ channel: Int) -> Plane {
            let values = stride(from: channel, to: lab.count, by: 3).map { lab[$0] }
            return Plane(width: values.count, height: 1, values: values)
        }
        return LabPlanes(lightness: plane(0), a: plane(1), b: plane(2))
    }
}
