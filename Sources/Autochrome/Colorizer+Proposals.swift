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
        try checkListening(to: hints)
        return try proposals(
            from: try await prediction(for: view, hints: hints), in: view, x: x, y: y)
    }

    /// The colours that a prediction finds likely at a place of a photograph.
    ///
    /// - Parameters:
    ///   - prediction: what the network says of the view.
    ///   - view: the photograph as the network sees it.
    ///   - x: where, as a fraction of the picture's width, 0...1.
    ///   - y: the same of its height.
    /// - Throws: `HintsError.noLikelihoods`
    package func proposals(
        from prediction: Prediction, in view: View, x: Double, y: Double
    ) throws(HintsError) -> Proposals {
        let weights = try likelihoodWeights()
        let (column, row) = view.place(x, y, in: prediction)
        return Proposals(
            of: prediction.likelihoods(column: column, row: row, weights: weights))
    }

    /// The place where a hint would help most; nil where none would.
    ///
    /// - Parameters:
    ///   - prediction: what the network says of the view.
    ///   - view: the photograph as the network sees it.
    ///   - hints: what is said of its colours already; nil for nothing.
    /// - Throws: `HintsError.noLikelihoods`
    package func undecidedPlace(
        from prediction: Prediction, in view: View, hints: Hints? = nil
    ) throws(HintsError) -> SIMD2<Double>? {
        let entropy = UndecidedPlaces.entropy(of: prediction, weights: try likelihoodWeights())
        let stride = view.stride(of: prediction)
        let places = UndecidedPlaces(
            entropy: entropy, width: Double(view.size.width) / stride,
            height: Double(view.size.height) / stride)
        return places.most(awayFrom: hints)
    }

    private func likelihoodWeights() throws(HintsError) -> [Float] {
        guard let weights = network.colorWeights else {
            throw HintsError.noLikelihoods(model: network.modelName)
        }
        return weights
    }
}
