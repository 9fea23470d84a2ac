extension Colorizer {
    /// The likely colours at a place of a photograph, given hints at other places.
    ///
    /// - Parameters:
    ///   - view: the photograph as the network sees it.
    ///   - x: where, as a fraction of the picture's width, 0...1.
    ///   - y: the same of its height.
    ///   - hints: the hints and palette of a person; nil for none.
    /// - Throws: `HintsError` where the network listens to no hints, or gives no likelihoods;
    ///   `TensorError`.
    package func proposals(
        in view: View, x: Double, y: Double, hints: Hints? = nil
    ) async throws -> Proposals {
        guard let weights = network.colorWeights else {
            throw HintsError.noLikelihoods(model: network.modelName)
        }
        try checkListening(to: hints)
        let prediction = try await prediction(for: view, hints: hints)
        let (column, row) = view.place(x, y, in: prediction)
        return Proposals(
            of: prediction.likelihoods(column: column, row: row, weights: weights))
    }
}
