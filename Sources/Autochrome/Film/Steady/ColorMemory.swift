/// What the network has said of a shot so far, in the coordinates of one frame: the mean of its
/// predictions, each carried there along the motion.
///
/// The mean is of logits, so that of two opinions the likelier colour stays, and not the grey
/// between them.
struct ColorMemory: Sendable {
    /// How many predictions the mean counts at most: older ones fade.
    static let depth: Float = 16

    private let grid: ColorGrid
    private let channels: Int

    /// `[cells, channels]`.
    private let values: [Float]

    /// Predictions in the mean, of every cell.
    private let counts: [Float]

    /// - Parameters:
    ///   - prediction: of a shot's first frame.
    ///   - grid: its part that is kept.
    init(_ prediction: Prediction, grid: ColorGrid) {
        self.grid = grid
        channels = prediction.channels
        values = Self.cells(of: prediction, grid)
        counts = [Float](repeating: 1, count: grid.count)
    }

    private init(grid: ColorGrid, channels: Int, values: [Float], counts: [Float]) {
        self.grid = grid
        self.channels = channels
        self.values = values
        self.counts = counts
    }

    /// The memory carried to another frame, with what the network says of that one.
    ///
    /// - Parameter motion: from that frame to the one this memory is of.
    func carried(along motion: MotionField, adding prediction: Prediction) -> ColorMemory {
        let new = Self.cells(of: prediction, grid)
        let carriedCounts = motion.carried(counts)
        var counts = self.counts
        let values = [Float](unsafeUninitializedCapacity: new.count) { target, count in
            self.values.withUnsafeBufferPointer { old in
                new.withUnsafeBufferPointer { new in
                    for y in 0..<grid.height {
                        for x in 0..<grid.width {
                            let cell = y * grid.width + x
                            let past = motion.confidence[cell] * carriedCounts[cell]
                            counts[cell] = min(Self.depth, past + 1)
                            mix(
                                CubicTap(
                                    Float(x) + motion.dx[cell], Float(y) + motion.dy[cell],
                                    grid.width, grid.height),
                                old, new.baseAddress! + cell * channels, share: 1 / counts[cell],
                                into: target.baseAddress! + cell * channels)
                        }
                    }
                }
            }
            count = new.count
        }
        return ColorMemory(grid: grid, channels: channels, values: values, counts: counts)
    }

    /// The memory as the network would have said it.
    var prediction: Prediction {
        let cells = grid.count
        let planes = [Float](unsafeUninitializedCapacity: values.count) { target, count in
            values.withUnsafeBufferPointer { values in
                for channel in 0..<channels {
                    for cell in 0..<cells {
                        target[channel * cells + cell] = values[cell * channels + channel]
                    }
                }
            }
            count = values.count
        }
        return Prediction(
            values: planes, channels: channels, width: grid.width, height: grid.height)
    }

    /// `share` of the new values and the rest of the old ones, interpolated.
    @inline(__always)
    private func mix(
        _ tap: CubicTap, _ old: UnsafeBufferPointer<Float>, _ new: UnsafePointer<Float>,
        share: Float, into target: UnsafeMutablePointer<Float>
    ) {
        for channel in 0..<channels { target[channel] = share * new[channel] }
        guard share < 1 else { return }
        for row in 0..<4 {
            for column in 0..<4 {
                let weight = (1 - share) * tap.rowWeights[row] * tap.columnWeights[column]
                guard weight != 0 else { continue }
                let source =
                    old.baseAddress!
                    + (Int(tap.rows[row]) * grid.width + Int(tap.columns[column])) * channels
                for channel in 0..<channels { target[channel] += weight * source[channel] }
            }
        }
    }

    /// The kept part of a prediction, cell by cell.
    private static func cells(of prediction: Prediction, _ grid: ColorGrid) -> [Float] {
        let channels = prediction.channels
        return [Float](unsafeUninitializedCapacity: grid.count * channels) { target, count in
            prediction.values.withUnsafeBufferPointer { values in
                for channel in 0..<channels {
                    let plane = values.baseAddress! + channel * prediction.width * prediction.height
                    for y in 0..<grid.height {
                        for x in 0..<grid.width {
                            target[(y * grid.width + x) * channels + channel] =
                                plane[y * prediction.width + x]
                        }
                    }
                }
            }
            count = grid.count * channels
        }
    }
}
