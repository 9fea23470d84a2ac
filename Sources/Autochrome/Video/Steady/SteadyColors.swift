/// Decides the colours of a film's frames, one shot after the other.
///
/// The network sees every few frames only, the *keys*, and the last of a shot. What it says of a
/// key goes into the shot's `ColorMemory`, which is carried from key to key along the motion.
/// A key's own colours are read from the memory of a later key and carried back, so that what the
/// network learns of a thing holds from the thing's first frame; what later keys do not show is
/// read from its own memory. A frame between two keys takes the colours of both, carried to it,
/// each by how near it is and by how well the motion explains the lightness.
///
/// A mean of differing opinions is greyer than each of them. What a shot's memory lacks in chroma
/// beside the predictions that went into it, on average so far, is therefore given back.
final class SteadyColors {
    /// Frames from one key to the next, at most.
    static let spacing = 4

    /// Keys that a key's colours wait for.
    static let lookahead = 6

    /// What may be unexplained since the last key before the network is asked again.
    private static let unexplained: Float = 0.3

    private let source: ColorSource
    private let lookahead: Int
    private var waiting: [Waiting] = []
    private var keys: [Key] = []

    /// The motion from the newest frame to the newest key.
    private var sinceKey: MotionField?

    /// Sums over the shot's keys of mean square chroma: of the predictions, and of the memory.
    private var chroma = (predicted: Float(0), remembered: Float(0))

    /// Number of the shot's newest frame.
    private var newest = -1

    /// A frame that is not yet painted.
    private struct Waiting {
        let number: Int
        let frame: FilmFrame
        let view: FrameView
        let glimpse: Glimpse

        /// To the frame before; nil for the first of a shot.
        let motion: MotionField?
    }

    /// A frame of which the network was asked.
    private struct Key {
        let number: Int
        let memory: ColorMemory

        /// What the memory says.
        let own: CellColors

        /// From the key before to this one.
        let forward: MotionField?

        /// Once decided: what it is painted with.
        var colors: CellColors?
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
        guard let last = waiting.last else {
            return try await begin(frame, view, glimpse)
        }
        let motion = MotionEstimator.motion(
            from: glimpse, to: last.glimpse, grid: source.grid)
        if ShotCut.isBetween(last.glimpse, glimpse, motion: motion) {
            let done = try await finish()
            return try await done + begin(frame, view, glimpse)
        }
        newest += 1
        waiting.append(
            Waiting(number: newest, frame: frame, view: view, glimpse: glimpse, motion: motion))
        let since = sinceKey.map { motion.followed(by: $0) } ?? motion
        sinceKey = since
        let distance = newest - (keys.last?.number ?? newest)
        guard distance >= Self.spacing || since.unexplained > Self.unexplained else { return [] }
        try await addKey(view, since: since)
        return try decided(isLast: false)
    }

    /// Ends the shot, and with it the film unless another frame is taken.
    func finish() async throws -> [ColoredFrame] {
        guard let last = waiting.last else { return [] }
        if let since = sinceKey, keys.last?.number != last.number {
            try await addKey(last.view, since: since)
        }
        let done = try decided(isLast: true)
        waiting = []
        keys = []
        sinceKey = nil
        chroma = (0, 0)
        return done
    }

    private func begin(
        _ frame: FilmFrame, _ view: FrameView, _ glimpse: Glimpse
    ) async throws -> [ColoredFrame] {
        newest = 0
        waiting = [
            Waiting(number: 0, frame: frame, view: view, glimpse: glimpse, motion: nil)
        ]
        try await addKey(view, since: nil)
        return []
    }

    private func addKey(_ view: FrameView, since: MotionField?) async throws {
        let prediction = try await source.prediction(view)
        let memory: ColorMemory
        if let last = keys.last, let since {
            memory = last.memory.carried(along: since, adding: prediction)
        } else {
            memory = ColorMemory(prediction, grid: source.grid)
        }
        let own = try await revived(source.colors(memory.prediction), from: prediction)
        keys.append(
            Key(
                number: newest, memory: memory, own: own,
                forward: since?.inverted(), colors: nil))
        sinceKey = nil
    }
}

extension SteadyColors {
    /// The most that chroma is raised by.
    private static let revival: Float = 1.5

    /// The memory's colours, as rich as the predictions it is made of.
    private func revived(
        _ colors: CellColors, from prediction: Prediction
    ) async throws -> CellColors {
        let single = try await source.colors(prediction)
        chroma.predicted += single.meanSquareChroma
        chroma.remembered += colors.meanSquareChroma
        let factor = (chroma.predicted / max(chroma.remembered, 1e-3)).squareRoot()
        return colors.scaled(by: min(max(factor, 1), Self.revival))
    }

    /// Paints what lies before the newest key that later keys have spoken for.
    private func decided(isLast: Bool) throws -> [ColoredFrame] {
        decideKeys(isLast: isLast)
        var done: [ColoredFrame] = []
        while keys.count > 1, let left = keys[0].colors, let right = keys[1].colors {
            done += between(keys[0], left, keys[1], right)
            keys.removeFirst()
        }
        if isLast, let key = keys.first, let colors = key.colors, let frame = waiting.first {
            done.append(painted(frame, colors))
        }
        return done
    }

    private func decideKeys(isLast: Bool) {
        let limit = isLast ? keys.count : max(0, keys.count - lookahead)
        guard let first = keys.firstIndex(where: { $0.colors == nil }), first < limit else {
            return
        }
        for index in first..<limit {
            let end = min(keys.count - 1, index + lookahead)
            var colors = keys[end].own
            for step in stride(from: end, to: index, by: -1) {
                guard let forward = keys[step].forward else { break }
                colors = colors.carried(along: forward)
                    .mixed(with: keys[step - 1].own, weight: forward.confidence)
            }
            keys[index].colors = colors
        }
    }

    /// The frames from one key up to the next, the next left out.
    private func between(
        _ left: Key, _ leftColors: CellColors, _ right: Key, _ rightColors: CellColors
    ) -> [ColoredFrame] {
        let count = right.number - left.number
        let frames = Array(waiting.prefix(count))
        // From the right key back to each frame, and the other way round.
        var toFrames: [MotionField] = []
        var path = waiting.indices.contains(count) ? waiting[count].motion : nil
        for offset in stride(from: count - 1, through: 1, by: -1) {
            guard let known = path else { break }
            toFrames.insert(known, at: 0)
            path = frames[offset].motion.map { known.followed(by: $0) }
        }
        var done = frames.first.map { [painted($0, leftColors)] } ?? []
        var back: MotionField?
        for offset in 1..<max(1, count) {
            guard let motion = frames[offset].motion else { continue }
            back = back.map { motion.followed(by: $0) } ?? motion
            guard let back else { continue }
            let ahead = offset <= toFrames.count ? toFrames[offset - 1].inverted() : back
            done.append(
                painted(
                    frames[offset],
                    mixed(
                        leftColors, back, rightColors, ahead,
                        position: Float(offset) / Float(count))))
        }
        waiting.removeFirst(count)
        return done
    }

    private func mixed(
        _ left: CellColors, _ back: MotionField, _ right: CellColors, _ ahead: MotionField,
        position: Float
    ) -> CellColors {
        let weights = zip(back.confidence, ahead.confidence).map { behind, before in
            let (leftWeight, rightWeight) = (
                (1 - position) * (behind + 1e-3), position * (before + 1e-3)
            )
            return leftWeight / (leftWeight + rightWeight)
        }
        return left.carried(along: back)
            .mixed(with: right.carried(along: ahead), weight: weights)
    }

    private func painted(_ waiting: Waiting, _ colors: CellColors) -> ColoredFrame {
        ColoredFrame(
            frame: waiting.frame, upsampling: source.upsampling(of: colors, over: waiting.view))
    }
}
