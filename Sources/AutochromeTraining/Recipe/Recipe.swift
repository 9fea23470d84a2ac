package import Autochrome

/// How a network is trained: what a recipe file says, as the command line changes it.
package struct Recipe: Sendable, Equatable {
    /// In what the network computes: float32, or bfloat16 where it does no harm and the device has
    /// instructions for it.
    package enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16
    }

    /// What counts can be: of photographs a step, of epochs and the like.
    package static let counts = 1...1_000_000_000
    /// What `size` can be.
    package static let sizes = 1...16_384

    /// What the recipe calls itself.
    package var name: String
    /// Which network is trained.
    package var network: NetworkKind
    /// Which encoder ChromaNetwork has.
    package var encoder: ChromaLayout
    /// What is made small.
    package var loss: LossSettings
    /// How the weights move.
    package var optimizer: OptimizerSettings
    /// Changes to what the network sees.
    package var augmentation: Augmentation
    /// The hints that samples get; nil for none.
    package var hints: HintSettings?
    /// The palettes that samples get; nil for none.
    package var palette: PaletteSettings?
    /// How a distribution becomes a colour.
    package var readout: ReadoutSettings
    /// How often photographs whose names begin so are taken, beside the others' 1.
    package var sampling: [String: Double]
    /// Photographs a step, over all processes.
    package var batchSize: Int
    /// Into how many parts a batch is cut whose gradients are added up.
    package var accumulation: Int
    /// Times through the photographs.
    package var epochs: Int
    /// How many samples are learnt from; nil for `epochs`.
    package var samples: Int?
    /// The stages of a training in several: each with its own size, batch size, samples and
    /// learning rate. Empty for a training in one.
    package var stages: [Stage]
    /// The side of the square that is learnt from, in pixels.
    package var size: Int
    /// Whether photographs come in another order every epoch.
    package var shuffles: Bool
    /// How many photographs wait in the buffer from which the next is drawn; 0 for all.
    package var shuffleBuffer: Int
    /// Where all that is random begins.
    package var seed: UInt64
    /// In what is computed.
    package var precision: Precision
    /// Whether tensors lie in memory with their channels last.
    package var channelsLast: Bool
    /// Steps from one sample sheet to the next; 0 for none.
    package var sampleEvery: Int
    /// Steps from one checkpoint to the next; 0 goes by `checkpointMinutes` alone.
    package var checkpointEvery: Int
    /// The most minutes from one checkpoint to the next.
    package var checkpointMinutes: Double
    /// Steps from one evaluation to the next; 0 for none.
    package var evaluateEvery: Int
    /// The share of the photographs that is kept from training to evaluate on.
    package var evaluationShare: Double

    /// One stage of a training.
    package struct Stage: Sendable, Equatable {
        /// The side of the square that is learnt from, in pixels; smaller photographs are left out.
        package var size: Int
        /// Photographs a step, over all processes.
        package var batchSize: Int
        /// How many samples are learnt from.
        package var samples: Int
        /// The learning rate.
        package var learningRate: Double
    }

    /// A recipe for each stage, in their order; for this one alone where it has none.
    package var parts: [Recipe] {
        if stages.isEmpty { return [self] }
        return stages.map { stage in
            var part = self
            part.stages = [stage]
            (part.size, part.batchSize) = (stage.size, stage.batchSize)
            part.samples = stage.samples
            part.optimizer.learningRate = stage.learningRate
            return part
        }
    }

    /// Whether photographs smaller than the square are enlarged to fill it. Those of stages are
    /// left out instead: what was enlarged teaches what use never shows.
    package var enlarges: Bool { stages.isEmpty }
}

/// Hints that a person might give, made from a photograph's true colours (after Zhang et al.,
/// SIGGRAPH 2017, "Real-Time User-Guided Image Colorization", section 3.1).
package struct HintSettings: Sendable, Equatable {
    /// The share of samples that get hints.
    package var share: Double
    /// The mean number of points, which is geometric; a quarter of the samples has up to eight
    /// times as many, all numbers alike in their logarithm.
    package var points: Double
    /// The share of samples with hints that get an area besides.
    package var areas: Double
    /// The standard deviation of a hint's a*b* from the true one.
    package var jitter: Double
}

/// Palettes, made from photographs' true colours.
package struct PaletteSettings: Sendable, Equatable {
    /// The share of samples that get one.
    package var share: Double
    /// The largest standard deviation of a blur over the a*b* plane.
    package var blur: Double
    /// The largest share of another photograph's palette in it.
    package var mixing: Double
}

/// Which loss, and its numbers.
package enum LossSettings: Sendable, Equatable {
    /// mean((p - t)^2) + 16.7 / mean((p - mean(p))^2): the article's.
    case article
    /// Huber's loss of a*b*, quadratic below `delta`.
    case huber(delta: Double)
    /// Rebalanced cross-entropy over the cells of the a*b* plane, plus `regression` times Huber's
    /// loss, quadratic below `delta`, of the a*b* read out of the distribution at `vividness`.
    case crossEntropy(regression: Double, delta: Double = 10, vividness: Double = 0)
}

/// How a distribution over the colour cells is weighted in training and turned into a colour.
package struct ReadoutSettings: Sendable, Equatable {
    /// The power to which the weights of the cells are raised: 1 as they are, 0 none at all.
    package var rebalancing: Double
    /// What the cells' a*b* are multiplied by where they stand for colours, to give back the
    /// chroma that a mean over cells loses.
    package var gain: Double
    /// By how much more all a*b* are multiplied at a vividness of 1 than at 0.5, for a network
    /// whose gain goes by how sure it is.
    package var vividGain: Double

    /// Settings of these.
    package init(rebalancing: Double, gain: Double, vividGain: Double = 1) {
        (self.rebalancing, self.gain, self.vividGain) = (rebalancing, gain, vividGain)
    }
}

/// How weights move.
package struct OptimizerSettings: Sendable, Equatable {
    /// How the rate goes after the warm-up.
    package enum Schedule: String, Sendable, CaseIterable {
        case constant, cosine
        /// Constant, then straight to zero over the last tenth: a training can go on from before
        /// that (Zhai et al., 2022, "Scaling Vision Transformers", section 3.5).
        case decay
    }

    /// AdamW rather than Adam.
    package var isDecoupled: Bool
    /// How far a step goes.
    package var learningRate: Double
    /// The encoder's rate as a multiple of the others'.
    package var encoderFactor: Double
    /// How many of the encoder's seven stages, from the first, stay as they are, the stem with them.
    package var frozenStages: Int
    /// The share of the old in the mean of the gradients.
    package var beta1: Double
    /// The share of the old in the mean of their squares.
    package var beta2: Double
    /// What keeps the divisor from zero.
    package var epsilon: Double
    /// By how much weights shrink.
    package var weightDecay: Double
    /// Steps over which the rate grows from zero.
    package var warmUp: Int
    /// How the rate goes after the warm-up.
    package var schedule: Schedule
    /// The largest norm of all gradients together; nil for any.
    package var clip: Double?
    /// The share of the old in the moving average of the weights; nil for no average.
    package var average: Double?

    /// The rate at `step`, 0 for the first, of `total`.
    ///
    /// cosine: half a wave from the full rate to 0 (Loshchilov and Hutter, 2017, "SGDR").
    package func rate(at step: Int, of total: Int) -> Double {
        if step < warmUp { return learningRate * Double(step + 1) / Double(warmUp) }
        switch schedule {
        case .constant: return learningRate
        case .cosine:
            let progress = Double(step - warmUp) / Double(max(1, total - warmUp))
            return learningRate * 0.5 * (1 + cosine(.pi * min(1, progress)))
        case .decay:
            return learningRate * min(1, Double(10 * (total - step)) / Double(max(1, total)))
        }
    }
}

/// Changes to the network's input, each as likely as the recipe says or as strong as it says at
/// most; 0 leaves it out.
package struct Augmentation: Sendable, Equatable {
    /// The largest scale relative to the whole photograph; a square is then cut out anywhere.
    package var scale: Double
    /// How often the photograph, with its colours, is mirrored.
    package var flip: Double
    /// In stops.
    package var exposure: Double
    /// The share by which L* spreads more or less around its middle.
    package var contrast: Double
    /// By how much blacks rise and whites sink, as a share of the range.
    package var fading: Double
    /// The largest standard deviation of grain, in L*.
    package var grain: Double
    /// The largest standard deviation of blur, in pixels.
    package var blur: Double
    /// How often JPEG has left its marks.
    package var jpeg: Double

    /// No changes at all.
    package static let none = Augmentation(
        scale: 1, flip: 0, exposure: 0, contrast: 0, fading: 0, grain: 0, blur: 0, jpeg: 0)
}
