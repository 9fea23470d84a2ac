import Autochrome
import Testing

/// Motion and cuts, on photographs that are moved by known amounts.
@Suite struct MotionTests {
    private static let size = WorkingSize(width: 256, height: 192, detail: 192)
    private let grid = ColorGrid(size: Self.size, stride: 4)

    /// A window of a sample's lightness, moved right and down by so many pixels.
    private func window(
        of name: String = "coffee.jpg", x: Float = 0, y: Float = 0, gain: Float = 1
    ) throws -> Glimpse {
        let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let photo = try PhotoFile(path: "/\(path)/Samples/\(name)", maxPixels: 10_000_000)
        let (width, height) = (400, 300)
        let scaled = try photo.scaled(width: width, height: height)
        let planes = Lab.planes(
            of: scaled.values, channels: scaled.channels, width: width, height: height)
        var plane = Plane(width: Self.size.width, height: Self.size.height)
        for row in 0..<plane.height {
            for column in 0..<plane.width {
                let (px, py) = (Float(column) + 60 + x, Float(row) + 50 + y)
                let (left, top) = (Int(px), Int(py))
                let (u, v) = (px - Float(left), py - Float(top))
                let l = planes.lightness
                let above = (1 - u) * l[left, top] + u * l[left + 1, top]
                let below = (1 - u) * l[left, top + 1] + u * l[left + 1, top + 1]
                plane[column, row] = min(100, gain * ((1 - v) * above + v * below))
            }
        }
        return Glimpse(plane)
    }

    private func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }

    @Test(
        "A picture that moves is found where it went, whatever its light does",
        arguments: [(4, 0, 1), (-2.5, 6, 1), (12, -10, 1), (3, 2, 0.8)] as [(Float, Float, Float)])
    func shift(x: Float, y: Float, gain: Float) throws {
        let motion = MotionEstimator.motion(
            from: try window(x: x, y: y, gain: gain), to: try window(), grid: grid)
        // The later window lies further right by x, so what it shows was there x further right.
        #expect(abs(median(motion.dx) - x / 4) < 0.15, "\(median(motion.dx))")
        #expect(abs(median(motion.dy) - y / 4) < 0.15, "\(median(motion.dy))")
        #expect(motion.unexplained < 0.3, "\(motion.unexplained)")
    }

    @Test("Plain surfaces with grain go where the texture beside them goes")
    func plain() {
        // A plain sky over rough ground; grain is another in each frame.
        var random = SeededNumbers(state: 1)
        let rough = (0..<20).map { _ in (0..<30).map { _ in random.next() } }
        func frame(x shift: Int) -> Glimpse {
            var plane = Plane(width: Self.size.width, height: Self.size.height)
            for y in 0..<plane.height {
                for x in 0..<plane.width {
                    let ground = y < 128 ? 60 : 30 + 40 * rough[y / 12][(x + shift) / 12]
                    plane[x, y] = ground + 2 * (random.next() - 0.5)
                }
            }
            return Glimpse(plane)
        }
        let motion = MotionEstimator.motion(from: frame(x: 8), to: frame(x: 0), grid: grid)
        // The lowest of the sky, 24 pixels: grain alone would leave it where it is.
        let sky = motion.dx[25 * motion.width..<31 * motion.width]
        #expect(abs(median(Array(sky)) - 2) < 0.6, "\(median(Array(sky)))")
    }

    @Test("Motion and its inverse lead back, and two motions add up")
    func inverse() throws {
        let motion = MotionEstimator.motion(
            from: try window(x: 6, y: 3), to: try window(), grid: grid)
        let back = motion.followed(by: motion.inverted())
        #expect(abs(median(back.dx)) < 0.05 && abs(median(back.dy)) < 0.05)
        let twice = motion.followed(by: motion)
        #expect(abs(median(twice.dx) - 2 * median(motion.dx)) < 0.2)
    }

    @Test("Another picture is a cut; movement and a change of light are none")
    func cuts() throws {
        let first = try window()
        for (name, later, isCut) in [
            ("another", try window(of: "rocket.jpg"), true),
            ("a face", try window(of: "astronaut.jpg"), true),
            ("moved", try window(x: 8, y: 5), false),
            ("darker", try window(gain: 0.7), false),
        ] {
            let motion = MotionEstimator.motion(from: later, to: first, grid: grid)
            #expect(ShotCut.isBetween(first, later, motion: motion) == isCut, "\(name)")
        }
    }
}

/// Numbers 0...1 that are the same in every run.
private struct SeededNumbers {
    var state: UInt64

    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(state >> 40) / Float(1 << 24)
    }
}
