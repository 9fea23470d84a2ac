/// Decides the colours of a film's frames, one shot after the other.
///
/// The network sees every few frames only, the *keys*, and the last of a shot. What it says of a
/// key goes into the shot's `ColorMemory`, which is carried from key to key along the motion.
/// `ShotColors` tells how frames take their colours from what the memory said at the keys, and
/// `ChromaRevival` gives back what chroma the means have lost.
final class SteadyColors {
    /// Frames from one key to the next, at most.
    static let spacing = 6

    /// Keys that a frame's colours wait for.
    static let lookahead = 6

    /// What may be unexplained since the last key before the network is asked again.
    private static let unexplained: Float = 0.3

    private let source: ColorSource
    private let lookahead: Int
    private var waiting: [Waiting] = []
    private var keys: [ShotKey] = []
    private var memory: ColorMemory?

    /// The motion from the newest frame to the newest key.
    private var sinceKey: MotionField?

    private var revival = ChromaRevival()

    /// What the first key is painted with, if that is decided.
    private var first: Decided?

    /// Number of the shot's newest frame.
    private var newest = -1

    /// A key's colours, and what their chroma is to be multiplied by.
    private struct Decided {
        let colors: CellColors
        let factor: Float
    }

    /// A frame that is not yet painted.
    private struct Waiting {
        let frame: FilmFrame
        let view: FrameView
        let glimpse: Glimpse

        /// To the frame before; nil for the first of a shot.
        let motion: MotionField?
    }

    /// - Parameters:
    ///   - source: who knows the colours of a view.
    ///   - memory: bytes that waiting frames may take, about.
    init(_ source: ColorSource, frameBytes: Int, memory: Int = 400_000_000) {
        self.source = source
        let frames = memory / max(1, frameBytes)
        lookahead = min(Self.lookahead, max(1, frames / Self.spacing - 2))
    }

    /// Takes the next frame.
    ///
    /// - Returns: frames whose colours are decided now, in order.
    func take(_ frame: FilmFrame) async throws -> [ColoredFrame] {
        let view = source.viewing.view(of: frame)
        let glimpse = Glimpse(view.lightness)
        var done: [ColoredFrame] = []
        var motion: MotionField?
        if let last = waiting.last {
            let found = MotionEstimator.motion(
                from: glimpse, to: last.glimpse, grid: source.grid)
            if ShotCut.isBetween(last.glimpse, glimpse, motion: found) {
                done = try await finish()
            } else {
                motion = found
            }
        }
        newest += 1
        waiting.append(Waiting(frame: frame, view: view, glimpse: glimpse, motion: motion))
        if let motion { sinceKey = sinceKey.map { motion.followed(by: $0) } ?? motion }
        if isKeyDue { try await addKey(view) }
        return done + painted(isLast: false)
    }

    /// Ends the shot, and with it the film unless another frame is taken.
    func finish() async throws -> [ColoredFrame] {
        guard let last = waiting.last else { return [] }
        if keys.last?.number != newest { try await addKey(last.view) }
        let done = painted(isLast: true)
        (waiting, keys, memory, sinceKey, first) = ([], [], nil, nil, nil)
        revival = ChromaRevival()
        newest = -1
        return done
    }

    /// Whether the network is to be asked of the newest frame.
    private var isKeyDue: Bool {
        guard let key = keys.last, let sinceKey else { return keys.isEmpty }
        return newest - key.number >= Self.spacing || sinceKey.unexplained > Self.unexplained
    }

    private func addKey(_ view: FrameView) async throws {
        let prediction = try await source.prediction(view)
        var memory = ColorMemory(prediction, grid: source.grid)
        if let old = self.memory, let sinceKey {
            memory = old.carried(along: sinceKey, adding: prediction)
        }
        self.memory = memory
        let lightness = source.lightness(of: view)
        keys.append(
            ShotKey(
                number: newest, colors: try await source.colors(memory.prediction),
                lightness: lightness,
                colorfulness: try await source.colors(prediction).inGamut(at: lightness)
                    .colorfulness,
                arriving: sinceKey?.inverted()))
        sinceKey = nil
    }
}

extension SteadyColors {
    /// Paints what lies before the keys that later keys have spoken for, and all of it in the end.
    private func painted(isLast: Bool) -> [ColoredFrame] {
        var done: [ColoredFrame] = []
        while keys.count > (isLast ? 1 : lookahead + 1) {
            let start = first ?? decided(0)
            let end = decided(1)
            done += painted(from: start, to: end)
            first = end
            keys.removeFirst()
        }
        if isLast, let last = waiting.first {
            let end = first ?? decided(0)
            done.append(painted(last, end.colors.scaled(by: end.factor)))
        }
        return done
    }

    private func decided(_ key: Int) -> Decided {
        let colors = colors(from: key).atKey()
        let factor = revival.factor(
            predicted: keys[key].colorfulness,
            painted: colors.inGamut(at: keys[key].lightness).colorfulness)
        return Decided(colors: colors, factor: factor)
    }

    private func colors(from key: Int) -> ShotColors {
        ShotColors(grid: source.grid, keys: keys[key...], lookahead: lookahead)
    }

    /// The frames from the first key up to the second, the second left out.
    private func painted(from start: Decided, to end: Decided) -> [ColoredFrame] {
        let count = keys[1].number - keys[0].number
        let frames = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        // From the second key back to each frame, and from each frame back to the first key.
        var fromSecond: [MotionField] = []
        for frame in (frames.dropFirst() + waiting.prefix(1)).reversed() {
            guard let motion = frame.motion else { break }
            fromSecond.append(fromSecond.last?.followed(by: motion) ?? motion)
        }
        var done = [painted(frames[0], start.colors.scaled(by: start.factor))]
        var toFirst: MotionField?
        for (offset, ahead) in zip(1..<count, fromSecond.dropLast().reversed()) {
            guard let motion = frames[offset].motion else { break }
            let back = toFirst.map { motion.followed(by: $0) } ?? motion
            toFirst = back
            let position = Float(offset) / Float(count)
            let cells = colors(from: 0).between(
                back: back, ahead: ahead.inverted(), position: position)
            let factor = start.factor + position * (end.factor - start.factor)
            done.append(painted(frames[offset], cells.scaled(by: factor)))
        }
        return done
    }

    private func painted(_ waiting: Waiting, _ colors: CellColors) -> ColoredFrame {
        ColoredFrame(
            frame: waiting.frame,
            upsampling: source.upsampling(
                of: colors, over: source.lightness(of: waiting.view)))
    }
}
