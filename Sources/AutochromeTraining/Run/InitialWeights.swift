package import Autochrome

/// The weights that training begins with.
package enum InitialWeights {
    /// The tensors of a file, checked for names and shapes.
    static func reading(
        _ file: String, for kind: Recipe.NetworkKind
    ) throws(TrainingError) -> [String: StoredTensor] {
        try TrainingError.wrapping {
            let weights = try Weights(reading: file)
            switch kind {
            case .chroma: _ = try weights.tensors(for: ChromaNetwork.self, on: .cpu)
            case .resNet: _ = try weights.tensors(for: ResNet.self, on: .cpu)
            }
            return weights.tensors
        }
    }

    /// Sets the tables of the cells, and moves the head's bias so that what the network has learnt
    /// stays the same distribution under the new weights.
    ///
    /// - Parameter weights: of each cell in the photographs; nil for those that are stored
    package static func set(
        _ readout: ReadoutSettings, weights: [Float]?, in stored: inout [String: StoredTensor]
    ) {
        guard let old = stored["color_weights"]?.floats(), let bias = stored["head.bias"]?.floats()
        else { return }
        let power = Float(readout.rebalancing)
        let new = (weights ?? old).map { raised($0, to: power) }
        let moved = zip(bias, zip(new, old)).map { $0 + logarithm($1.0 / $1.1) }
        let cells = ColorBins.centers.flatMap { [$0.x, $0.y] }.map { $0 * Float(readout.gain) }
        stored["color_weights"] = StoredTensor(new, shape: [new.count])
        stored["head.bias"] = StoredTensor(moved, shape: [moved.count])
        stored["color_bins"] = StoredTensor(cells, shape: [new.count, 2])
    }

    /// Random convolutions of variance 2 / fan-in (He et al., 2015), norms that change nothing.
    static func random(
        for kind: Recipe.NetworkKind, seed: UInt64
    ) throws(TrainingError) -> [String: StoredTensor] {
        var stored: [String: StoredTensor] = [:]
        for (place, (name, shape)) in try TrainingModel.shapes(of: kind)
            .sorted(by: { $0.key < $1.key }).enumerated()
        {
            var generator = SeededGenerator(seed, 3, UInt64(place))
            stored[name] = StoredTensor(values(name, shape, &generator), shape: shape)
        }
        return stored
    }

    private static func values(
        _ name: String, _ shape: [Int], _ generator: inout SeededGenerator
    ) -> [Float] {
        let count = shape.reduce(1, *)
        if name == "color_bins" { return ColorBins.centers.flatMap { [$0.x, $0.y] } }
        if shape.count == 4 {
            let fanIn = Float(name.contains("deconv") ? shape[0] * 4 : count / shape[0])
            let deviation = (2 / fanIn).squareRoot()
            return (0..<count).map { _ in deviation * generator.normal() }
        }
        let isOne = name.hasSuffix("weight") || name.hasSuffix("running_var")
        return [Float](repeating: isOne || name == "color_weights" ? 1 : 0, count: count)
    }
}
