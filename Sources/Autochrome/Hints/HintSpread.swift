/// How far colours that were pointed at reach: outward from their places, up to the edges of the
/// photograph.
///
/// The reach of a point at a pixel is its distance in radii plus what the edges between take. Up to
/// 1 the pixel has the colour, the later point's where several reach it so. From there to 2 it has
/// less and less of the nearest one's. Found in the order of the reach (Dijkstra, 1959).
struct HintSpread {
    /// A colour at a place of the picture.
    struct Source {
        /// Where, in pixels.
        let x: Float
        let y: Float
        /// In pixels.
        let radius: Float
        /// What the reach begins with.
        var start: Float = 0
        let color: HintColor
        let isLocal: Bool
    }

    /// By pixel: the source that has it, or -1.
    private(set) var owners: [Int32]
    /// By pixel: how far its owner has reached, 0...2.
    private(set) var reaches: [Float]

    /// What of a step in L* between neighbours is no edge.
    private static let smoothStep: Float = 2
    /// The step in L*, above that, which takes a whole radius.
    private static let edge: Float = 8
    /// The least radius, in pixels: what a colour at one pixel of the small picture needs so that
    /// its own place has it whole.
    static let leastRadius: Float = 1.5

    private let sources: [Source]
    private let lightness: Plane
    private var front = HintFront()

    /// - Parameters:
    ///   - sources: the later ones go before the earlier.
    ///   - lightness: of the picture.
    /// - Complexity: O(n log n), n being the pixels and those within the radii of all sources.
    init(_ sources: [Source], over lightness: Plane) {
        (self.sources, self.lightness) = (sources, lightness)
        owners = [Int32](repeating: -1, count: lightness.values.count)
        reaches = [Float](repeating: 2, count: lightness.values.count)
        var seen = owners
        var rim: [HintFront.Step] = []
        for index in sources.indices.reversed() { rim += flood(Int32(index), &seen) }
        for step in rim { front.push(step) }
        while let step = front.pop() {
            guard owners[Int(step.pixel)] < 0 else { continue }
            take(step)
            for next in steps(after: step) where next.reach < 2 { front.push(next) }
        }
    }

    /// Gives a source what lies within its radius and has no later owner.
    ///
    /// - Parameters:
    ///   - source: its number.
    ///   - seen: by pixel, the last source that came there.
    /// - Returns: the steps that lead out of it.
    private mutating func flood(_ source: Int32, _ seen: inout [Int32]) -> [HintFront.Step] {
        let place = pixel(of: sources[Int(source)])
        var rim: [HintFront.Step] = []
        front.push(step(of: source, to: place, passed: sources[Int(source)].start, after: 0))
        while let step = front.pop() {
            guard seen[Int(step.pixel)] != source else { continue }
            seen[Int(step.pixel)] = source
            if owners[Int(step.pixel)] < 0 { take(step) }
            for next in steps(after: step) where seen[Int(next.pixel)] != source {
                if next.reach <= 1 { front.push(next) } else if next.reach < 2 { rim.append(next) }
            }
        }
        return rim
    }

    /// The steps from a pixel to its neighbours.
    private func steps(after step: HintFront.Step) -> [HintFront.Step] {
        let (x, y) = (Int(step.pixel) % lightness.width, Int(step.pixel) / lightness.width)
        var steps: [HintFront.Step] = []
        for row in max(0, y - 1)...min(lightness.height - 1, y + 1) {
            for column in max(0, x - 1)...min(lightness.width - 1, x + 1) {
                let other = row * lightness.width + column
                guard other != Int(step.pixel) else { continue }
                let rise = abs(lightness.values[other] - lightness.values[Int(step.pixel)])
                let taken = max(0, rise - Self.smoothStep) / Self.edge
                steps.append(
                    self.step(
                        of: step.owner, to: other, passed: step.passed + taken, after: step.reach))
            }
        }
        return steps
    }

    private func step(
        of owner: Int32, to pixel: Int, passed: Float, after: Float
    ) -> HintFront.Step {
        let source = sources[Int(owner)]
        let dx = Float(pixel % lightness.width) + 0.5 - source.x
        let dy = Float(pixel / lightness.width) + 0.5 - source.y
        let distance = (dx * dx + dy * dy).squareRoot() / max(source.radius, Self.leastRadius)
        return HintFront.Step(
            pixel: Int32(pixel), owner: owner, passed: passed,
            reach: max(after, distance + passed))
    }

    /// How much of a pixel its owner's colour has, 0...1.
    func share(_ pixel: Int) -> Float {
        let beyond = min(max(reaches[pixel] - 1, 0), 1)
        return 1 - beyond * beyond * (3 - 2 * beyond)
    }

    /// Whether a source has its own place: no later one whose radius reaches there does.
    func hasPlace(_ index: Int) -> Bool {
        let owner = Int(owners[pixel(of: sources[index])])
        guard owner > index else { return true }
        let (own, other) = (sources[index], sources[owner])
        let (dx, dy) = (own.x - other.x, own.y - other.y)
        return dx * dx + dy * dy > other.radius * other.radius
    }

    private mutating func take(_ step: HintFront.Step) {
        (owners[Int(step.pixel)], reaches[Int(step.pixel)]) = (step.owner, step.reach)
    }

    private func pixel(of source: Source) -> Int {
        let x = min(max(Int(source.x), 0), lightness.width - 1)
        let y = min(max(Int(source.y), 0), lightness.height - 1)
        return y * lightness.width + x
    }
}
