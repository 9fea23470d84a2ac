internal import Autochrome

/// One photograph as a network learns from it.
package struct TrainingSample: Sendable {
    /// Target of a sample.
    package enum Target: Sendable {
        /// a* then b*, `[2, S, S]`.
        case colors([Float])
        /// At every fourth pixel: cells `[4, S/4, S/4]`, the parts they take, and a*b*
        /// `[2, S/4, S/4]`.
        case cells([Int64], parts: [Float], colors: [Float])
    }

    /// A photograph that could not be read.
    package struct Skipped: Sendable, Equatable {
        /// Its path in the data set.
        package let name: String
        /// A sentence.
        package let reason: String
    }

    /// The photograph's path in the data set.
    package let name: String
    /// L* `[S, S]`, 0...100.
    package let lightness: [Float]
    /// Target of the network's output.
    package let target: Target
    /// Hints `[3, S/4, S/4]`; nil for a sample without.
    package let hints: [Float]?
    /// The palette that is asked for; nil for a sample without.
    package let palette: SimulatedPalette?
    /// Those that were tried before this one and could not be read.
    package let skipped: [Skipped]
}

/// Makes samples out of photographs.
package struct SampleMaker: Sendable {
    /// Where the photographs are.
    package let source: PhotoSource
    /// The side of the square, S, in pixels.
    package let size: Int
    /// Changes to the lightness that the network sees.
    package let augmentation: Augmentation
    /// The hints that samples get; nil for none.
    package let hints: HintSettings?
    /// The palettes that samples get; nil for none.
    package let palette: PaletteSettings?
    /// Whether a photograph smaller than the square is enlarged to fill it; else it cannot be read.
    package let enlarges: Bool
    /// The random seed.
    package let seed: UInt64
    /// Whether the target is cells of the a*b* plane.
    package let givesCells: Bool

    /// A maker of samples of `size` x `size` pixels.
    package init(
        source: PhotoSource, size: Int, augmentation: Augmentation, hints: HintSettings? = nil,
        palette: PaletteSettings? = nil, enlarges: Bool = true, seed: UInt64, givesCells: Bool
    ) {
        self.source = source
        self.size = size
        self.augmentation = augmentation
        (self.hints, self.palette, self.enlarges) = (hints, palette, enlarges)
        self.seed = seed
        self.givesCells = givesCells
    }

    /// The most pixels that a photograph is scaled to before a square is cut out of it.
    private static let mostPixels = 200_000_000

    /// The sample of the photograph at `index`, as `epoch` sees it; of the next one in the order
    /// of names that can be read, if that one cannot.
    ///
    /// - Throws: `TrainingError.data` where none can be read.
    package func sample(
        at index: Int, of indices: [Int], epoch: Int
    ) throws(TrainingError) -> TrainingSample {
        var skipped: [TrainingSample.Skipped] = []
        for offset in 0..<indices.count {
            let number = indices[(index + offset) % indices.count]
            let name = source.names[number]
            do throws(PhotoError) {
                return try sample(number, epoch: epoch, skipped: skipped)
            } catch {
                if case .library = error { throw .data(error.description) }
                skipped.append(.init(name: name, reason: error.description))
            }
        }
        throw .data("None of the photographs in --data can be read.")
    }

    /// The sample of the photograph at `number` in the order of names.
    func sample(
        _ number: Int, epoch: Int = 0, skipped: [TrainingSample.Skipped] = []
    ) throws(PhotoError) -> TrainingSample {
        var generator = SeededGenerator(seed, 2, UInt64(epoch), UInt64(number))
        let photo = try source.photograph(number)
        guard enlarges || min(photo.width, photo.height) >= size else {
            throw .unsupported(
                file: source.names[number],
                reason: "\(photo.width) x \(photo.height) pixels; smaller than the training "
                    + "crop of \(size)")
        }
        let square = Square(
            of: photo, size: size, augmentation, enlarges: enlarges, &generator)
        guard square.width * square.height <= Self.mostPixels else {
            throw .unsupported(
                file: source.names[number],
                reason: "\(photo.width) x \(photo.height) pixels, scaled to "
                    + "\(square.width) x \(square.height); it is too narrow for training")
        }
        let planes = try square.planes(of: photo, isPrecise: !givesCells)
        let lightness = augmentation.aged(planes.lightness, &generator)
        let target = givesCells ? Self.cells(planes) : .colors(planes.a.values + planes.b.values)
        var guide = SeededGenerator(seed, 5, UInt64(epoch), UInt64(number))
        return TrainingSample(
            name: source.names[number], lightness: lightness.values, target: target,
            hints: simulatedHints(planes, &guide), palette: simulatedPalette(target, &guide),
            skipped: skipped)
    }

    private func simulatedHints(
        _ planes: LabPlanes, _ generator: inout SeededGenerator
    ) -> [Float]? {
        guard let hints, generator.uniform() < hints.share else { return nil }
        return SimulatedHints(of: planes, hints, &generator).plane
    }

    private func simulatedPalette(
        _ target: TrainingSample.Target, _ generator: inout SeededGenerator
    ) -> SimulatedPalette? {
        guard let palette, generator.uniform() < palette.share,
            case .cells(let cells, let parts, _) = target
        else { return nil }
        return SimulatedPalette(cells: cells, parts: parts, palette, &generator)
    }

    private static func cells(_ planes: LabPlanes) -> TrainingSample.Target {
        let (a, b) = (planes.a.averaged(by: 4).values, planes.b.averaged(by: 4).values)
        let count = a.count
        var cells = [Int64](repeating: 0, count: 4 * count)
        var parts = [Float](repeating: 0, count: 4 * count)
        for i in 0..<count {
            let spread = ColorBins.spread(a: a[i], b: b[i])
            for j in 0..<4 {
                cells[j * count + i] = Int64(spread.cells[j])
                parts[j * count + i] = spread.parts[j]
            }
        }
        return .cells(cells, parts: parts, colors: a + b)
    }
}

/// Training crop of a photograph: place and scale.
private struct Square {
    let width: Int
    let height: Int
    let left: Int
    let top: Int
    let size: Int
    let isMirrored: Bool

    /// The middle of the photograph whose shorter side is `size`; augmented, any square of the
    /// photograph at a scale up to the largest, or to its own size.
    init(
        of photo: some ScalablePhoto, size: Int, _ augmentation: Augmentation, enlarges: Bool,
        _ generator: inout SeededGenerator
    ) {
        let whole = Double(min(photo.width, photo.height)) / Double(size)
        let largest = enlarges ? augmentation.scale : max(1, min(augmentation.scale, whole))
        let scale = 1 + (largest - 1) * generator.uniform()
        let factor = scale * Double(size) / Double(min(photo.width, photo.height))
        width = max(size, Int((Double(photo.width) * factor).rounded()))
        height = max(size, Int((Double(photo.height) * factor).rounded()))
        let (x, y) = (
            generator.whole(below: width - size + 1), generator.whole(below: height - size + 1)
        )
        isMirrored = generator.uniform() < augmentation.flip
        left = augmentation.scale > 1 ? x : (width - size) / 2
        top = augmentation.scale > 1 ? y : (height - size) / 2
        self.size = size
    }

    /// - Parameter isPrecise: whether colours are computed in double precision: a network that
    ///   predicts a*b* itself is compared with other programs' to the last digits of its loss.
    func planes(
        of photo: some ScalablePhoto, isPrecise: Bool
    ) throws(PhotoError) -> LabPlanes {
        let scaled = try photo.scaled(width: width, height: height)
        let channels = scaled.channels
        var pixels: [Float] = []
        pixels.reserveCapacity(size * size * channels)
        for y in top..<top + size {
            for x in left..<left + size {
                let column = isMirrored ? 2 * left + size - 1 - x : x
                let start = (y * width + column) * channels
                pixels += scaled.values[start..<start + channels]
            }
        }
        return isPrecise
            ? Lab.precisePlanes(of: pixels, channels: channels, width: size, height: size)
            : Lab.planes(of: pixels, channels: channels, width: size, height: size)
    }
}
