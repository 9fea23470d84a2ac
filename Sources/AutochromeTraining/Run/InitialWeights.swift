package import Autochrome

/// The weights that training begins with.
package enum InitialWeights {
    /// The tensors of a file, checked for names and shapes. Of a file of the ImageNet encoder alone
    /// the rest is random.
    package static func reading(
        _ file: String, for kind: NetworkKind, _ layout: ChromaLayout = .lite0,
        seed: UInt64
    ) throws(TrainingError) -> [String: StoredTensor] {
        let weights = try TrainingError.wrapping { try Weights(reading: file) }
        try TrainingError.wrapping { try weights.refuseCheckpoint() }
        let found = ChromaLayout(tensors: weights.tensors.keys)
        guard kind == .resNet || found == layout else {
            throw .options(
                "\(file) has the encoder \(found.rawValue), and the recipe wants "
                    + "\(layout.rawValue); give another --init, or `encoder: \(found.rawValue)`.")
        }
        let isEncoder = weights.tensors.keys.allSatisfy { $0.hasPrefix("encoder.") }
        guard kind != .resNet, isEncoder else { return try whole(weights, for: kind) }
        let encoder = try TrainingError.wrapping {
            try FeatureEncoder.tensorsForLightness(of: weights)
        }
        return try random(for: kind, layout, seed: seed).merging(encoder) { $1 }
    }

    private static func whole(
        _ weights: Weights, for kind: NetworkKind
    ) throws(TrainingError) -> [String: StoredTensor] {
        try TrainingError.wrapping {
            _ = try kind.network.init(weights)
            return weights.tensors
        }
    }

    /// Weights with the tables of the cells as a recipe wants them, and the same distribution.
    ///
    /// - Parameter weights: of each cell in the photographs; nil for those that are stored
    /// - Throws: `WeightsError.wrongShape` where the tables are not of 261 cells.
    package static func applying(
        _ readout: ReadoutSettings, weights: [Float]?, to network: Weights
    ) throws(WeightsError) -> Weights {
        let power = Float(readout.rebalancing)
        let old = weights ?? network.tensors["color_weights"]?.floats() ?? []
        return try network.withCells(
            weights: old.map { raised($0, to: power) }, gain: Float(readout.gain),
            vividGain: Float(readout.vividGain))
    }

    /// Random weights of variance 2 / fan-in (He et al., 2015), 1 / fan-in for linear layers; norms
    /// that change nothing; hints and palette that add nothing at first.
    static func random(
        for kind: NetworkKind, _ layout: ChromaLayout, seed: UInt64
    ) throws(TrainingError) -> [String: StoredTensor] {
        var stored: [String: StoredTensor] = [:]
        for (place, (name, shape)) in try TrainingModel.shapes(of: kind, layout)
            .sorted(by: { $0.key < $1.key }).enumerated()
        {
            var generator = SeededGenerator(seed, 3, UInt64(place))
            stored[name] = StoredTensor(values(name, shape, &generator), shape: shape)
        }
        return stored
    }

    /// Layers that add to the decoder's features, initialised with 0.
    private static let additions = [
        "hints.add", "hints.attention.output.", "palette.", ".contract.", ".output.",
    ]

    private static func values(
        _ name: String, _ shape: [Int], _ generator: inout SeededGenerator
    ) -> [Float] {
        let count = shape.reduce(1, *)
        func filled(_ value: Float) -> [Float] { [Float](repeating: value, count: count) }
        if name == "color_bins" { return ColorBins.centers.flatMap { [$0.x, $0.y] } }
        if additions.contains(where: name.contains) { return filled(0) }
        // From far-sighted heads to near-sighted ones.
        if name.hasSuffix("slope") {
            return (0..<count).map { -4 + 5 * Float($0) / Float(max(count - 1, 1)) }
        }
        if shape.count > 1 {
            let fanIn = Float(name.contains("deconv") ? shape[0] * 4 : count / shape[0])
            let deviation = ((shape.count == 4 ? 2 : 1) / fanIn).squareRoot()
            return (0..<count).map { _ in deviation * generator.normal() }
        }
        let ones = ["weight", "running_var", "color_weights", "gains"]
        return filled(ones.contains(where: name.hasSuffix) ? 1 : 0)
    }
}
