/// Named tensors and facts about them: the content of a safetensors file.
package struct Weights: Sendable, Equatable {
    /// Path of the file, its name in messages.
    package var file: String
    /// The tensors by name.
    package var tensors: [String: StoredTensor]
    /// Facts about the tensors: `__metadata__` in the file.
    package var metadata: [String: String]

    /// Tensors that are in memory, named as if they came from `file`.
    package init(
        file: String, tensors: [String: StoredTensor], metadata: [String: String] = [:]
    ) {
        self.file = file
        self.tensors = tensors
        self.metadata = metadata
    }

    /// The tensors that `network` has, in float32, as what it computes with; libtorch's on
    /// `device`.
    ///
    /// - Throws: `WeightsError.foreign` when names are missing or others are there,
    ///   `.wrongShape`, or `.tensor` when libtorch cannot take them.
    package func tensors<N: Network>(
        for network: N.Type, on device: Device
    ) throws(WeightsError) -> [String: N.Value] {
        let shapes = try N.parameterShapes(ChromaLayout(tensors: tensors.keys))
        try check(against: shapes, of: N.name)
        var loaded: [String: N.Value] = [:]
        for (name, stored) in tensors {
            loaded[name] = try WeightsError.wrapping { () throws(TensorError) in
                try N.Value.stored(stored, on: device)
            }
        }
        return loaded
    }

    /// Throws for a training checkpoint: it holds a network's tensors among others.
    ///
    /// - Throws: `WeightsError.checkpoint`
    package func refuseCheckpoint() throws(WeightsError) {
        guard tensors.keys.contains(where: { $0.hasPrefix("adam.first.") }) else { return }
        throw .checkpoint(file: file)
    }

    /// Compares names and shapes with those of a network.
    func check(against shapes: [String: [Int]], of network: String) throws(WeightsError) {
        let missing = shapes.keys.filter { tensors[$0] == nil }.sorted()
        let unexpected = tensors.keys.filter { shapes[$0] == nil }.sorted()
        guard missing.isEmpty, unexpected.isEmpty else {
            throw .foreign(
                file: file, network: network, missing: missing, unexpected: unexpected)
        }
        for (name, expected) in shapes.sorted(by: { $0.key < $1.key }) {
            guard let found = tensors[name]?.shape, found != expected else { continue }
            throw .wrongShape(file: file, tensor: name, expected: expected, found: found)
        }
    }
}
