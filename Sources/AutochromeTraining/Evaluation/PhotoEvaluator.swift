internal import Autochrome
internal import SystemPackage

/// Measures one model on photographs.
final class PhotoEvaluator {
    private let model: EvaluatedModel
    let colorizer: Colorizer
    private let encoder: FeatureEncoder?
    let options: ColorizeOptions
    private let points: PointSettings?
    private let usesTruePalette: Bool
    /// The most memory resident while photographs were coloured, in bytes.
    private(set) var peakMemory = 0

    init(
        model: EvaluatedModel, colorizer: Colorizer, encoder: FeatureEncoder?, maxPixels: Int,
        detail: Int?, points: PointSettings?, usesTruePalette: Bool
    ) {
        (self.model, self.colorizer, self.encoder) = (model, colorizer, encoder)
        self.points = model.takesHints ? points : nil
        self.usesTruePalette = usesTruePalette
        var options = ColorizeOptions()
        options.maxPixels = maxPixels
        options.detail = detail
        self.options = options
    }

    /// Has libtorch make ready what the first picture would have to wait for.
    func warmUp() async throws {
        let pixels = [Float](repeating: 0.5, count: 64 * 64)
        let photo = ScaledPhoto(width: 64, height: 64, channels: 1, values: pixels)
        let size = WorkingSize(width: 64, height: 64, detail: 64)
        let view = Colorizer.View(photo, size: size, width: 64, height: 64)
        _ = try await colorizer.prediction(for: view)
    }

    /// The record of a photograph, with this model's figures.
    func record(of path: FilePath, place: Int) async throws(EvaluationFault) -> PhotoRecord {
        let (photo, truth) = try decoded(path)
        let view = try await see(photo)
        if ColorContent(view.planes) == .grey { throw .grey }
        let own = PictureFigures(of: truth, beside: truth)
        let greyPicture = RowPainter.grey(for: truth).painted(truth)
        var grey = PictureFigures(of: greyPicture, beside: truth)
        var trueFeatures: [Float]?
        if let encoder {
            let small = try shown(photo)
            let smallGrey = RowPainter.grey(for: small).painted(small)
            (trueFeatures, grey.features) = try Self.wrapping { () throws(TensorError) in
                (try encoder.features(of: small), try encoder.features(of: smallGrey))
            }
        }
        let figures = try await figures(of: photo, truth)
        return PhotoRecord(
            place: place, photograph: path.string, trueColorfulness: own.colorfulness,
            trueChroma: own.chroma, grey: grey, models: [figures],
            points: [try await pointFigures(of: photo, place: place)],
            trueFeatures: trueFeatures)
    }

    private func pointFigures(
        of photo: PhotoFile, place: Int
    ) async throws(EvaluationFault) -> PointFigures? {
        guard let points else { return nil }
        return try await pointFigures(of: photo, place: place, points)
    }

    /// Adds this model's figures to a photograph's record.
    func extend(_ record: inout PhotoRecord, of path: FilePath) async throws(EvaluationFault) {
        let (photo, truth) = try decoded(path)
        record.models.append(try await figures(of: photo, truth))
        record.points.append(try await pointFigures(of: photo, place: record.place))
    }

    /// This model's figures of a photograph, by setting.
    private func figures(
        of photo: PhotoFile, _ truth: Picture
    ) async throws(EvaluationFault) -> [PictureFigures] {
        var figures = try await pictureFigures(of: photo, truth)
        guard let encoder else { return figures }
        let small = try shown(photo)
        let size = (width: small.width, height: small.height)
        let view = try await see(photo, shown: size)
        do throws(TensorError) {
            let prediction = try await colorizer.prediction(for: view, hints: hints(for: view))
            let colors = Colors(
                colorizer: colorizer, view: view, prediction: prediction, truth: small)
            for place in 0..<model.askedCount {
                let picture = try await colors.picture(model.settings[place])
                figures[place].features = try encoder.features(of: picture)
            }
        } catch {
            throw .network(error)
        }
        return figures
    }

    /// What a model that listens is told of a photograph's colours besides points.
    func hints(for view: Colorizer.View, _ points: [HintPoint] = []) -> Hints {
        model.hints(for: view, truePalette: usesTruePalette, points: points)
    }

    private func decoded(_ path: FilePath) throws(EvaluationFault) -> (PhotoFile, Picture) {
        do throws(PhotoError) {
            let photo = try PhotoFile(path: path, maxPixels: options.maxPixels)
            let (width, height) = (photo.width, photo.height)
            guard width * height <= options.maxPixels else {
                throw .tooLarge(
                    file: path.string, width: width, height: height, limit: options.maxPixels)
            }
            guard min(width, height) >= MultiscaleSimilarity.window else {
                throw .unsupported(
                    file: path.string,
                    reason: "\(width) x \(height) pixels; MS-SSIM needs "
                        + "\(MultiscaleSimilarity.window) a side")
            }
            return (photo, try photo.picture(width: width, height: height))
        } catch {
            throw .photo(error)
        }
    }

    private func see(
        _ photo: PhotoFile, shown: (width: Int, height: Int)? = nil
    ) async throws(EvaluationFault) -> Colorizer.View {
        do throws(PhotoError) {
            return try await colorizer.see(photo, options: options, shown: shown)
        } catch {
            throw .photo(error)
        }
    }

    /// The photograph as the feature encoder is shown it.
    private func shown(_ photo: PhotoFile) throws(EvaluationFault) -> Picture {
        let size = WorkingSize(
            width: photo.width, height: photo.height, detail: FeatureEncoder.detail)
        do throws(PhotoError) {
            return try photo.picture(width: size.width, height: size.height)
        } catch {
            throw .photo(error)
        }
    }

    private static func wrapping<Value>(
        _ body: () throws(TensorError) -> Value
    ) throws(EvaluationFault) -> Value {
        do throws(TensorError) {
            return try body()
        } catch {
            throw .network(error)
        }
    }
}

extension PhotoEvaluator {
    private func pictureFigures(
        of photo: PhotoFile, _ truth: Picture
    ) async throws(EvaluationFault) -> [PictureFigures] {
        PeakMemory.reset()
        let start = ContinuousClock.now
        let view = try await see(photo)
        do throws(TensorError) {
            let prediction = try await colorizer.prediction(for: view, hints: hints(for: view))
            let colors = Colors(
                colorizer: colorizer, view: view, prediction: prediction, truth: truth)
            let shared = ContinuousClock.now - start
            let asked = try await timed(colors, after: shared)
            peakMemory = max(peakMemory, PeakMemory.bytes)
            return try await measured(asked, colors)
        } catch {
            throw .network(error)
        }
    }

    /// Colours at the settings asked for, one after the other, with the seconds each takes from
    /// the file to the coloured pixels.
    private func timed(
        _ colors: Colors, after shared: Duration
    ) async throws(TensorError) -> [(picture: Picture, seconds: Double)] {
        var asked: [(Picture, Double)] = []
        for setting in model.settings.prefix(model.askedCount) {
            let start = ContinuousClock.now
            let picture = try await colors.picture(setting)
            asked.append((picture, (shared + (ContinuousClock.now - start)) / .seconds(1)))
        }
        return asked
    }

    /// The figures of what is coloured already, and of the other settings.
    private func measured(
        _ asked: [(picture: Picture, seconds: Double)], _ colors: Colors
    ) async throws(TensorError) -> [PictureFigures] {
        let truth = colors.truth
        var rest: [RowPainter] = []
        for setting in model.settings.dropFirst(asked.count) {
            rest.append(try await colors.painter(setting))
        }
        return await withTaskGroup(of: (Int, PictureFigures).self) { group in
            for (place, (picture, seconds)) in asked.enumerated() {
                group.addTask {
                    var figures = PictureFigures(of: picture, beside: truth)
                    figures.seconds = seconds
                    return (place, figures)
                }
            }
            for (place, painter) in rest.enumerated() {
                group.addTask {
                    let picture = painter.painted(truth)
                    return (asked.count + place, PictureFigures(of: picture, beside: truth))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// One photograph's prediction, from which any setting's colours come.
    private struct Colors: Sendable {
        let colorizer: Colorizer
        let view: Colorizer.View
        let prediction: Prediction
        let truth: Picture

        func painter(_ setting: ColorSetting) async throws(TensorError) -> RowPainter {
            let upsampling = try await colorizer.colors(
                of: view, from: prediction, vividness: setting.vividness)
            return RowPainter(upsampling: upsampling, saturation: Float(setting.saturation))
        }

        func picture(_ setting: ColorSetting) async throws(TensorError) -> Picture {
            try await painter(setting).painted(truth)
        }
    }
}
