internal import Autochrome

/// Places of a photograph with their true colours, as a person who knows them would point at them
/// (Zhang et al., SIGGRAPH 2017, "Real-Time User-Guided Image Colorization", section 4.1: squares of
/// 6 x 6 pixels at random places of pictures of 256 pixels).
struct TruePoints {
    /// The shorter side of the picture, in pixels.
    static let detail = 256
    /// The side of a square, in pixels.
    static let side = 6

    /// A square: where it begins, and its mean colour.
    struct Point {
        let x: Int
        let y: Int
        let a: Float
        let b: Float
    }

    let points: [Point]

    /// - Parameters:
    ///   - picture: the true colours.
    ///   - count: how many places; fewer are the first ones of more.
    ///   - seed: the random seed.
    ///   - place: the photograph's place in the list, which has places of its own.
    init(of picture: Picture, count: Int, seed: UInt64, place: Int) {
        var generator = SeededGenerator(seed, 6, UInt64(place))
        let planes = Lab.planes(
            of: picture.pixels.map { Float($0) / 255 }, channels: 3, width: picture.width,
            height: picture.height)
        points = (0..<count).map { _ in
            let x = generator.whole(below: max(1, picture.width - Self.side + 1))
            let y = generator.whole(below: max(1, picture.height - Self.side + 1))
            return Point(
                x: x, y: y, a: Self.mean(planes.a, x, y), b: Self.mean(planes.b, x, y))
        }
    }

    private static func mean(_ plane: Plane, _ x: Int, _ y: Int) -> Float {
        var (sum, count): (Float, Float) = (0, 0)
        for row in y..<min(y + side, plane.height) {
            for column in x..<min(x + side, plane.width) {
                (sum, count) = (sum + plane[column, row], count + 1)
            }
        }
        return sum / max(count, 1)
    }

    /// Some of the points as hints on a picture of this size: discs as large as the squares.
    func hints(_ range: Range<Int>, width: Int, height: Int) -> [HintPoint] {
        let middle = Double(Self.side) / 2
        let radius = Double(Self.side) / Double.pi.squareRoot() / Double(min(width, height))
        return points[range].map { point in
            HintPoint(
                x: min(1, (Double(point.x) + middle) / Double(width)),
                y: min(1, (Double(point.y) + middle) / Double(height)),
                color: HintColor(a: point.a, b: point.b), radius: min(radius, 0.5))
        }
    }
}
