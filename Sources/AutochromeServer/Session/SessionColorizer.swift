internal import Autochrome

/// Does the work for the photographs of sessions.
struct SessionColorizer: Sendable {
    let model: ServedModel
    let maxPixels: Int
    let spool: Spool
    let metrics: ServerMetrics

    /// Who colours photographs, and who waits for it.
    let queue: WorkQueue

    /// Who makes small pictures for sliders.
    let previews: WorkQueue

    /// What sliders need.
    let sights: PreviewCache

    /// Looks at a new photograph in its turn; what fails is told by the photograph.
    func develop(_ photograph: SessionPhotograph, _ place: Place) async {
        do {
            try await place.work {
                try await metrics.counting {
                    _ = try await sight(of: photograph) {
                        photograph.stage = .coloring(progress: $0)
                    }
                }
            }
            photograph.stage = .done
        } catch {
            photograph.stage = .failed(Problem(error))
        }
        photograph.leaveQueue()
    }

    /// The photograph in grey, as the network read it: JPEG.
    func before(_ photograph: SessionPhotograph) async throws -> [UInt8] {
        try await preview(photograph) { sight in RowPainter.grey(for: sight.picture) }
    }

    /// The photograph in colour, in the page's size: JPEG.
    ///
    /// - Parameters:
    ///   - photograph: the photograph.
    ///   - settings: how it is shown.
    ///   - hints: what a person says of its colours; nil for nothing.
    func after(
        _ photograph: SessionPhotograph, _ settings: Settings, hints: Hints?
    ) async throws -> [UInt8] {
        let colorizer = model.colorizer
        return try await preview(photograph) { sight in
            let view = sight.view.shown(
                width: photograph.shownWidth, height: photograph.shownHeight)
            let upsampling = try await colorizer.colors(
                of: view, from: try await prediction(sight, hints),
                vividness: vividness(settings))
            return RowPainter(
                upsampling: upsampling, saturation: settings.saturation,
                correction: view.correction(for: hints))
        }
    }

    private func preview(
        _ photograph: SessionPhotograph,
        painter: @escaping @Sendable (PreviewData) async throws -> RowPainter
    ) async throws -> [UInt8] {
        try await looking(at: photograph) { sight in
            let painter = try await painter(sight)
            return try await blocking { () throws(PhotoError) in
                try painter.painted(sight.picture).jpeg(quality: 90)
            }
        }
    }

    /// The whole photograph in colour.
    func file(_ photograph: SessionPhotograph, _ settings: Settings) async throws -> SpoolFile {
        try requireDone(photograph)
        let hints = try await photograph.hints?.hints()
        let options = settings.options(maxPixels: maxPixels, hints: hints)
        return try await queue.enter().work {
            try await metrics.counting {
                let sight = try await sight(of: photograph)
                try Task.checkCancellation()
                let upsampling = try await model.colorizer.colors(
                    of: sight.view, from: try await prediction(sight, hints),
                    vividness: vividness(settings))
                try Task.checkCancellation()
                return try await photograph.sent.write(
                    upsampling, with: model.colorizer,
                    correction: sight.view.correction(for: hints), options: options, into: spool
                ).file
            }
        }
    }

    /// The colours that are likely at a place, with L* there.
    func proposals(
        _ photograph: SessionPhotograph, x: Double, y: Double
    ) async throws -> (proposals: Proposals, lightness: Float) {
        let hints = try await photograph.hints?.hints()
        return try await looking(at: photograph) { sight in
            let found = try model.colorizer.proposals(
                from: try await prediction(sight, hints), in: sight.view, x: x, y: y)
            return (found, sight.view.lightness(x: x, y: y))
        }
    }

    /// Where a click would help most; nil where none would.
    func undecidedPlace(_ photograph: SessionPhotograph) async throws -> SIMD2<Double>? {
        let hints = try await photograph.hints?.hints()
        return try await looking(at: photograph) { sight in
            try model.colorizer.undecidedPlace(
                from: try await prediction(sight, hints), in: sight.view, hints: hints)
        }
    }

    private func looking<Value: Sendable>(
        at photograph: SessionPhotograph, _ look: @Sendable (PreviewData) async throws -> Value
    ) async throws -> Value {
        try requireDone(photograph)
        return try await previews.enter().work {
            let sight = try await sight(of: photograph)
            try Task.checkCancellation()
            return try await look(sight)
        }
    }

    /// What the network says with hints; the encoder runs once a photograph.
    private func prediction(_ sight: PreviewData, _ hints: Hints?) async throws -> Prediction {
        guard let encoding = sight.encoding, let hints, hints.needsListening else {
            return sight.prediction
        }
        return try await model.colorizer.prediction(
            for: sight.view, from: encoding, hints: hints)
    }

    private func seen(
        _ view: Colorizer.View
    ) async throws -> (encoding: Encoding?, prediction: Prediction) {
        let colorizer = model.colorizer
        guard colorizer.takesHints else {
            return (nil, try await colorizer.prediction(for: view))
        }
        let encoding = try await colorizer.encoding(of: view)
        return (encoding, try await colorizer.prediction(for: view, from: encoding))
    }

    private func requireDone(_ photograph: SessionPhotograph) throws(Problem) {
        switch photograph.stage {
        case .done: return
        case .failed(let problem): throw problem
        case .queued, .coloring:
            throw .notLookedAt(photograph.sent.name)
        }
    }

    /// A model that gives one colour a pixel has no vividness to choose.
    private func vividness(_ settings: Settings) -> Double? {
        model.takesVividness ? settings.vividness : nil
    }

    /// What sliders need, kept or made anew.
    private func sight(
        of photograph: SessionPhotograph, progress: @Sendable (Double) -> Void = { _ in }
    ) async throws -> PreviewData {
        if let sight = sights[photograph.id] { return sight }
        let (photo, colorizer) = (photograph.sent.photo, model.colorizer)
        let (width, height) = (photograph.shownWidth, photograph.shownHeight)
        progress(0.1)
        let view = try await colorizer.see(photo, options: ColorizeOptions())
        progress(0.3)
        try Task.checkCancellation()
        let picture = try await blocking { () throws(PhotoError) in
            try photo.picture(width: width, height: height)
        }
        progress(0.5)
        try Task.checkCancellation()
        let (encoding, prediction) = try await seen(view)
        let sight = PreviewData(
            view: view, encoding: encoding, prediction: prediction, picture: picture)
        sights.keep(sight, for: photograph.id)
        return sight
    }
}
