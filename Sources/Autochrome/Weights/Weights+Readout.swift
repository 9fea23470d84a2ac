#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// What can be done to a ChromaNetwork's weights without training.
extension Weights {
    /// The same network with its cells' tables changed and its distribution as it was: where the
    /// weights of the cells move, the head's bias moves with them.
    ///
    /// - Parameters:
    ///   - colorWeights: of each cell, `[261]`
    ///   - gain: what the cells' a*b* are multiplied by where they stand for colours; of a network
    ///     whose gain goes by how sure it is, where it is torn
    ///   - vividGain: by how much more that is at a vividness of 1, for such a network
    /// - Throws: `WeightsError.foreign` where there are no tables, `.wrongShape` where they are
    ///   not of 261 cells.
    package func withCells(
        weights colorWeights: [Float], gain: Float, vividGain: Float = 1
    ) throws(WeightsError) -> Weights {
        guard let old = tensors["color_weights"]?.floats(),
            let bias = tensors["head.bias"]?.floats()
        else {
            let missing = ["color_weights", "head.bias"].filter { tensors[$0] == nil }
            throw .foreign(
                file: file, network: ChromaNetwork<Tensor>.name, missing: missing, unexpected: [])
        }
        let shape = [ColorBins.count]
        let counts = [
            ("color_weights", old.count), ("color_weights", colorWeights.count),
            ("head.bias", bias.count),
        ]
        for (name, count) in counts where count != ColorBins.count {
            throw .wrongShape(file: file, tensor: name, expected: shape, found: [count])
        }
        var changed = self
        let moved = zip(bias, zip(colorWeights, old)).map { $0 + log($1.0 / $1.1) }
        if tensors["gains"] != nil {
            changed.tensors["gains"] = StoredTensor([gain, vividGain], shape: [2])
        }
        let factor = tensors["gains"] == nil ? gain : 1
        let cells = ColorBins.centers.flatMap { [$0.x * factor, $0.y * factor] }
        changed.tensors["color_weights"] = StoredTensor(colorWeights, shape: shape)
        changed.tensors["head.bias"] = StoredTensor(moved, shape: shape)
        changed.tensors["color_bins"] = StoredTensor(cells, shape: [ColorBins.count, 2])
        return changed
    }

    /// The same network, more decided: its logits multiplied by `factor`, as if they were read out
    /// at a temperature of 0.38 / `factor`.
    package func sharpened(by factor: Float) -> Weights {
        var changed = self
        for name in ["head.weight", "head.bias"] {
            guard let stored = tensors[name] else { continue }
            changed.tensors[name] = StoredTensor(
                stored.floats().map { $0 * factor }, shape: stored.shape)
        }
        if let stored = tensors["color_weights"] {
            changed.tensors["color_weights"] = StoredTensor(
                stored.floats().map { pow($0, factor) }, shape: stored.shape)
        }
        changed.metadata["precision"] = changed.precision?.explanation
        return changed
    }

    /// The weighted mean of two networks' weights (Wortsman et al., "Robust fine-tuning of
    /// zero-shot models", 2022): of a network before and after a fine-tuning it often generalizes
    /// better than either.
    ///
    /// - Parameters:
    ///   - other: the same network, trained on from these weights or from what they came from; its
    ///     tables of the cells are taken
    ///   - share: of the other one, 0...1
    /// - Throws: `WeightsError.foreign` or `.wrongShape` when they are of different networks.
    package func averaged(with other: Weights, share: Float) throws(WeightsError) -> Weights {
        let names = Set(tensors.keys)
        guard names == Set(other.tensors.keys) else {
            throw .foreign(
                file: other.file, network: file,
                missing: names.subtracting(other.tensors.keys).sorted(),
                unexpected: Set(other.tensors.keys).subtracting(names).sorted())
        }
        var first = self
        if let cells = other.tensors["color_weights"]?.floats() {
            first = try withCells(weights: cells, gain: 1)
        }
        var mean = other
        mean.metadata = averagedMetadata(with: other, share: share)
        for (name, stored) in first.tensors where name != "color_bins" {
            guard let second = other.tensors[name], second.shape == stored.shape else {
                throw .wrongShape(
                    file: other.file, tensor: name, expected: stored.shape,
                    found: other.tensors[name]?.shape ?? [])
            }
            let values = zip(stored.floats(), second.floats()).map { $0 + share * ($1 - $0) }
            mean.tensors[name] = StoredTensor(values, shape: stored.shape)
        }
        mean.metadata["precision"] = mean.precision?.explanation
        return mean
    }

    /// The other one's facts but for those of its last step; on what may be done with the weights
    /// and what was learnt from, those of both.
    private func averagedMetadata(with other: Weights, share: Float) -> [String: String] {
        var facts = other.metadata
        for key in ["loss", "evaluation loss", "steps"] { facts[key] = nil }
        for key in ["license_note", "training_data"] {
            let both = [metadata[key], other.metadata[key]].compactMap { $0 }
            let different = Set(both).count == 1 ? [both[0]] : both
            facts[key] = both.isEmpty ? nil : different.joined(separator: "; ")
        }
        facts["averaged"] = "\(share) of \(other.fileName), the rest of \(fileName)"
        return facts
    }

    /// The file's name without its folder.
    package var fileName: Substring { file.split(separator: "/").last ?? "" }
}
