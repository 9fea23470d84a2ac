internal import Autochrome

extension TrainingSetup {
    /// Checks all that a checkpoint holds. One pass over it on the device.
    ///
    /// A step can spoil the weights though its loss and its gradients were finite.
    ///
    /// - Throws: `TrainingError.notFinite` with the name of what is not a number or infinite.
    func checkFinite(step: Int) throws(TrainingError) {
        let found = try TrainingError.wrapping { try firstNotFinite() }
        guard let found else { return }
        throw notFinite("A number in \(found.name)", value: Double(found.value), step: step)
    }

    /// `TrainingError.notFinite`, with the checkpoint that the run folder has.
    func notFinite(
        _ what: String, value: Double, step: Int, photographs: [String] = []
    ) -> TrainingError {
        .notFinite(
            what, value: value, step: step, photographs: photographs,
            hasCheckpoint: RunFolder.holdsCheckpoint(options.run))
    }

    private func firstNotFinite() throws(TensorError) -> (name: String, value: Float)? {
        try withoutGradient { () throws(TensorError) -> (name: String, value: Float)? in
            for (name, tensor) in state.sorted(by: { $0.key < $1.key }) {
                // Times zero, finite numbers add up to zero, and all others to no number.
                let sum = try (tensor * 0).sum().number()
                guard !sum.isFinite else { continue }
                let value = try tensor.floats().first { !$0.isFinite }
                return (name: name, value: value ?? sum)
            }
            return nil
        }
    }
}
