internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension Recipe {
    /// Reads a recipe file.
    ///
    /// - Throws: `TrainingError.recipe` for a key that is unknown, missing or out of range.
    package init(reading file: String) throws(TrainingError) {
        guard let data = FileManager.default.contents(atPath: file),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw .recipe(
                file: file, reason: "not a readable recipe; see Recipes/article.yaml.")
        }
        try self.init(text, file: file)
    }

    /// Reads the text of a recipe; `file` is named in errors.
    package init(_ text: String, file: String) throws(TrainingError) {
        var top = try RecipeSection(text, file: file)
        name = try top.text("name", or: "unnamed")
        network = try top.choice("network")
        encoder = try top.choice("encoder", or: .lite0)
        loss = try Self.loss(&top)
        optimizer = try OptimizerSettings(&top, for: network)
        augmentation = try Augmentation(&top)
        readout = try ReadoutSettings(&top)
        sampling = try top.numbers("sampling", in: 0...1000)
        accumulation = try top.whole("accumulation", or: 1, in: Self.counts)
        (hints, palette) = (try HintSettings(&top), try PaletteSettings(&top))
        stages = try top.sections("stages").map { section throws(TrainingError) in
            try Stage(section)
        }
        if let last = stages.last {
            (batchSize, size, epochs, samples) = (last.batchSize, last.size, 1, last.samples)
        } else {
            batchSize = try top.whole("batch_size", in: Self.counts)
            epochs = try top.whole("epochs", in: Self.counts)
            size = try top.whole("size", in: Self.sizes)
        }
        shuffles = try top.flag("shuffle", or: true)
        shuffleBuffer = try top.whole("shuffle_buffer", or: 0)
        seed = UInt64(try top.whole("seed", or: 0, in: 0...Int.max))
        precision = try top.choice("precision", or: .fp32)
        channelsLast = try top.flag("channels_last", or: false)
        sampleEvery = try top.whole("sample_every", or: 0)
        checkpointEvery = try top.whole("checkpoint_every", or: 0)
        checkpointMinutes = try top.number("checkpoint_minutes", or: 5)
        evaluateEvery = try top.whole("evaluate_every", or: 0)
        evaluationShare = try top.number("evaluation_share", or: 0, in: 0...0.5)
        try top.finish()
        if network == .resNet { try top.refuse(["encoder", "readout"], for: network) }
        if !network.network.takesHints { try top.refuse(["hints", "palette"], for: network) }
        try check(file)
    }

    /// Complains about values that do not fit each other.
    private func check(_ file: String) throws(TrainingError) {
        guard optimizer.frozenStages <= 6 else {
            throw .recipe(
                file: file,
                reason: "optimizer.frozen_stages is \(optimizer.frozenStages); the encoder has 7 "
                    + "stages, and the last one is always trained.")
        }
        if case .crossEntropy = loss, !network.network.givesDistribution {
            let names = NetworkKind.allCases.filter { $0.network.givesDistribution }
                .map(\.rawValue)
            throw .recipe(
                file: file,
                reason: "cross-entropy needs a network that predicts distributions: "
                    + names.joined(separator: " or ") + ".")
        }
        guard (evaluateEvery > 0) == (evaluationShare > 0) else {
            throw .recipe(
                file: file,
                reason: "evaluate_every is \(evaluateEvery) and evaluation_share is "
                    + "\(evaluationShare); neither does anything without the other. Give "
                    + "both, or neither.")
        }
    }

    private enum LossName: String, CaseIterable {
        case article, huber
        case crossEntropy = "cross-entropy"
    }

    private static func loss(_ top: inout RecipeSection) throws(TrainingError) -> LossSettings {
        var section = try top.section("loss")
        let loss: LossSettings
        switch try section.choice("name") as LossName {
        case .article: loss = .article
        case .huber: loss = .huber(delta: try section.number("delta", or: 10, in: 1e-6...1e9))
        case .crossEntropy:
            loss = .crossEntropy(
                regression: try section.number("regression", or: 0),
                delta: try section.number("delta", or: 10, in: 1e-6...1e9),
                vividness: try section.number("vividness", or: 0, in: 0...1))
        }
        try section.finish()
        return loss
    }
}

extension Recipe.Stage {
    init(_ section: RecipeSection) throws(TrainingError) {
        var section = section
        size = try section.whole("size", in: Recipe.sizes)
        batchSize = try section.whole("batch_size", in: Recipe.counts)
        samples = try section.whole("samples", in: Recipe.counts)
        learningRate = try section.number("learning_rate")
        try section.finish()
    }
}

extension HintSettings {
    init?(_ top: inout RecipeSection) throws(TrainingError) {
        guard var section = try top.optionalSection("hints") else { return nil }
        share = try section.number("share", in: 0...1)
        points = try section.number("points", or: 8, in: 1...100)
        areas = try section.number("areas", or: 0, in: 0...1)
        jitter = try section.number("jitter", or: 0, in: 0...100)
        try section.finish()
    }
}

extension PaletteSettings {
    init?(_ top: inout RecipeSection) throws(TrainingError) {
        guard var section = try top.optionalSection("palette") else { return nil }
        share = try section.number("share", in: 0...1)
        blur = try section.number("blur", or: 0, in: 0...100)
        mixing = try section.number("mixing", or: 0, in: 0...1)
        try section.finish()
    }
}

extension OptimizerSettings {
    private enum Name: String, CaseIterable {
        case adam, adamw
    }

    init(_ top: inout RecipeSection, for network: NetworkKind) throws(TrainingError) {
        var section = try top.section("optimizer")
        isDecoupled = try section.choice("name", or: Name.adam) == .adamw
        // Each stage has its own.
        learningRate = try section.number("learning_rate", or: top.has("stages") ? 0 : nil)
        encoderFactor = try section.number("encoder_factor", or: 1)
        frozenStages = try section.whole("frozen_stages", or: 0)
        beta1 = try section.share("beta1", or: 0.9)
        beta2 = try section.share("beta2", or: 0.999)
        epsilon = try section.number("epsilon", or: 1e-8)
        weightDecay = try section.number("weight_decay", or: 0)
        warmUp = try section.whole("warm_up", or: 0)
        schedule = try section.choice("schedule", or: .constant)
        clip = try section.optionalNumber("clip")
        average = try section.optionalShare("average")
        try section.finish()
        if network == .resNet {
            try section.refuse(["encoder_factor", "frozen_stages"], for: network)
        }
    }
}

extension ReadoutSettings {
    init(_ top: inout RecipeSection) throws(TrainingError) {
        var section = try top.section("readout")
        rebalancing = try section.number("rebalancing", or: 1)
        gain = try section.number("gain", or: 1)
        vividGain = try section.number("vivid_gain", or: 1)
        try section.finish()
    }
}

extension Augmentation {
    init(_ top: inout RecipeSection) throws(TrainingError) {
        var section = try top.section("augmentation")
        scale = try section.number("scale", or: 1, in: 1...100)
        flip = try section.number("flip", or: 0, in: 0...1)
        exposure = try section.number("exposure", or: 0, in: 0...100)
        contrast = try section.number("contrast", or: 0, in: 0...100)
        fading = try section.number("fading", or: 0, in: 0...100)
        grain = try section.number("grain", or: 0, in: 0...100)
        blur = try section.number("blur", or: 0, in: 0...100)
        jpeg = try section.number("jpeg", or: 0, in: 0...1)
        try section.finish()
    }
}
