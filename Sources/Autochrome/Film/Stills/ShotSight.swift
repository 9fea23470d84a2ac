/// Finds the shots of a film, and in each the frame that shows most.
///
/// Of the film it keeps that frame alone, and the one before the newest.
struct ShotSight {
    /// A shot that has ended.
    struct Shot {
        /// The frame that shows most.
        var still: FilmFrame

        /// How much it shows.
        var detail: Float

        /// Times of the shot's first and last frame.
        let first: Int64
        var last: Int64

        /// Whether there is anything to be seen in it, as there is not in black leader.
        var isBlank: Bool { detail < ShotSight.blank }
    }

    /// The detail of grain, below which there is no picture.
    private static let blank: Float = 0.15

    private let grid: ColorGrid
    private var shot: Shot?
    private var before: Glimpse?

    /// - Parameter size: of the views that follow.
    init(size: WorkingSize) { grid = ColorGrid(size: size, stride: 4) }

    /// Takes the next frame.
    ///
    /// - Returns: the shot before it, when the frame begins a new one.
    mutating func take(_ frame: FilmFrame, _ view: FrameView) -> Shot? {
        let glimpse = Glimpse(view.lightness)
        let motion = before.map { MotionEstimator.motion(from: glimpse, to: $0, grid: grid) }
        var ended: Shot?
        if let before, let motion, ShotCut.isBetween(before, glimpse, motion: motion) {
            ended = finish()
        }
        before = glimpse
        // What the frame before does not explain is a flash, damage or a dissolve.
        let trust = shot == nil ? 1 : 1 - min(1, motion?.unexplained ?? 0)
        add(frame, detail: trust * Self.detail(of: view.lightness))
        return ended
    }

    /// Ends the last shot; nil where there was no frame.
    mutating func finish() -> Shot? {
        defer { shot = nil }
        return shot
    }

    private mutating func add(_ frame: FilmFrame, detail: Float) {
        guard var shot else {
            shot = Shot(still: frame, detail: detail, first: frame.time, last: frame.time)
            return
        }
        shot.last = frame.time
        if detail > shot.detail { (shot.still, shot.detail) = (frame, detail) }
        self.shot = shot
    }

    /// How much a picture shows: the mean over its pixels of the root of the gradient of L*.
    ///
    /// Blur and fades make gradients smaller. The root lets much that is faint, all over the
    /// picture, count for more than one hard edge.
    static func detail(of lightness: Plane) -> Float {
        let (width, height) = (lightness.width, lightness.height)
        guard width > 1, height > 1 else { return 0 }
        var sum: Float = 0
        for y in 0..<height - 1 {
            for x in 0..<width - 1 {
                let here = lightness[x, y]
                let (across, down) = (lightness[x + 1, y] - here, lightness[x, y + 1] - here)
                sum += (across * across + down * down).squareRoot().squareRoot()
            }
        }
        return sum / Float((width - 1) * (height - 1))
    }
}
