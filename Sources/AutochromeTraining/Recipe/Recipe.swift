package import Autochrome

/// Settings of a training: a recipe file, with the overrides of the command line.
package struct Recipe: Sendable, Equatable {
    /// In what the network computes: float32, or bfloat16 where it does no harm and the device has
    /// instructions for it.
    package enum Precision: String, Sendable, CaseIterable {
        case fp32, bf16
    }

    /// Range of counts, such as the batch size and epochs.
    package static let counts = 1...1_000_000_000
    /// Range of `size`.
    package static let sizes = 1...16_384

    /// Name of the recipe.
    package var name: String
    /// Network to train.
    package var network: NetworkKind
    /// Encoder of a ChromaNetwork or ChromaTransformer.
    package var encoder: ChromaLayout
    /// Loss to minimize.
    package var loss: LossSettings
    /// Settings of the optimizer.
    package var optimizer: OptimizerSettings
    /// Changes to what the network sees.
    package var augmentation: Augmentation
    /// The hints that samples get; nil for none.
    package var hints: HintSettings?
    /// The palettes that samples get; nil for none.
    package var palette: PaletteSettings?
    /// Read-out of a colour from a distribution.
    package var readout: ReadoutSettings
    /// Sampling weights by name prefix, relative to 1.
    package var sampling: [String: Double]
    /// Batch size, over all processes.
    package var batchSize: Int
    /// Into how many parts a batch is cut whose gradients are added up.
    package var accumulation: Int
    /// Epochs.
    package var epochs: Int
    /// Number of training samples; nil for `epochs`.
    package var samples: Int?
    /// The stages of a training in several: each with its own size, batch size, samples and
    /// learning rate. Empty for a training in one.
    package var stages: [Stage]
    /// Side of the training crops in pixels.
    package var size: Int
    /// Whether photographs come in another order every epoch.
    package var shuffles: Bool
    /// Size of the shuffle buffer in photographs; 0 for all.
    package var shuffleBuffer: Int
    /// Random seed.
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
        /// Batch size, over all processes.
        package var batchSize: Int
        /// Number of training samples.
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

/// Kind and parameters of the loss.
package enum LossSettings: Sendable, Equatable {
    /// mean((p - t)^2) + 16.7 / mean((p - mean(p))^2): the article's.
    case article
    /// Huber's loss of a*b*, quadratic below `delta`.
    case huber(delta: Double)
    /// Rebalanced cross-entropy over the cells of the a*b* plane, plus `regression` times Huber's
    /// loss, quadratic below `delta`, of the a*b* read out of the distribution at `vividness`.
    case crossEntropy(regression: Double, delta: Double = 10, vividness: Double = 0)
}

/// Rebalancing of a distribution over the colour cells, and its read-out as a colour.
package struct ReadoutSettings: Sendable, Equatable {
    /// The power to which the weights of the cells are raised: 1 as they are, 0 none at all.
    package var rebalancing: Double
    /// Factor for the cells' a*b* in the read-out, to restore the
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

/// Settings of the optimizer.
package struct OptimizerSettings: Sendable, Equatable {
    /// Learning rate schedule after the warm-up.
    package enum Schedule: String, Sendable, CaseIterable {
        case constant, cosine
        /// Constant, then straight to zero over the last tenth: a training can go on from before
        /// that (Zhai et al., 2022, "Scaling Vision Transformers", section 3.5).
        case decay
    }

    /// AdamW rather than Adam.
    package var isDecoupled: Bool
    /// Learning rate.
    package var learningRate: Double
    /// The encoder's rate as a multiple of the others'.
    package var encoderFactor: Double
    /// Number of frozen stages of the encoder's seven, from the first, together with the stem.
    package var frozenStages: Int
    /// The share of the old in the mean of the gradients.
    package var beta1: Double
    /// The share of the old in the mean of their squares.
    package var beta2: Double
    /// Term that keeps the divisor from zero.
    package var epsilon: Double
    /// By how much weights shrink.
    package var weightDecay: Double
    /// Steps over which the rate grows from zero.
    package var warmUp: Int
    /// Learning rate schedule after the warm-up.
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
