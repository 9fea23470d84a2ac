internal import Autochrome

/// The state of a run that is needed to resume it exactly.
///
/// A step's randomness follows from the seed and the step, so no generator's state is in it.
struct Checkpoint {
    /// Steps done.
    var step: Int
    /// The best figure of an evaluation so far.
    var best: Float?
    /// Settings that must not change when a run resumes.
    var identity: RunIdentity

    /// Writes it with the tensors; the file appears whole.
    func write(
        _ tensors: [String: Tensor], to path: String
    ) throws(TrainingError) {
        var metadata = identity.metadata
        metadata["step"] = "\(step)"
        metadata["best"] = best.map { "\($0)" }
        try TrainingError.wrapping {
            var stored: [String: StoredTensor] = [:]
            for (name, tensor) in tensors { stored[name] = try StoredTensor(tensor) }
            try Weights(file: path, tensors: stored, metadata: metadata).write(to: path)
        }
    }

    /// Reads a checkpoint into the tensors of the same names.
    ///
    /// - Throws: `TrainingError.options` when the run was begun otherwise.
    init(
        reading path: String, into tensors: [String: Tensor], identity: RunIdentity
    ) throws(TrainingError) {
        let weights = try TrainingError.wrapping { try Weights(reading: path) }
        self.identity = try identity.goingOn(from: weights.metadata, at: path)
        let steps = 0...Int(Int32.max)
        guard let step = weights.metadata["step"].flatMap(Int.init), steps.contains(step) else {
            throw .file(path: path, reason: "it lacks the step at which it was written")
        }
        self.step = step
        best = weights.metadata["best"].flatMap(Float.init)
        for (name, tensor) in tensors {
            guard let stored = weights.tensors[name], stored.shape == tensor.shape else {
                throw .file(path: path, reason: "\(name) is missing or of another shape")
            }
            try TrainingError.wrapping {
                try withoutGradient { () throws(TensorError) in
                    try tensor.copyValues(of: stored.tensor(on: tensor.device))
                }
            }
        }
    }

    init(step: Int, best: Float?, identity: RunIdentity) {
        (self.step, self.best, self.identity) = (step, best, identity)
    }
}
