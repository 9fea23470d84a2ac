internal import Autochrome

extension PhotoEvaluator {
    /// What true points make of a photograph.
    ///
    /// - Parameter place: the photograph's in the list.
    func pointFigures(
        of photo: PhotoFile, place: Int, _ settings: PointSettings
    ) async throws(EvaluationFault) -> PointFigures {
        let size = WorkingSize(
            width: photo.width, height: photo.height, detail: TruePoints.detail)
        let truth: Picture
        let view: Colorizer.View
        do throws(PhotoError) {
            truth = try photo.picture(width: size.width, height: size.height)
            view = try await colorizer.see(
                photo, options: options, shown: (size.width, size.height))
        } catch {
            throw .photo(error)
        }
        let most = max(settings.counts.last ?? 0, PointSettings.singles)
        let points = TruePoints(of: truth, count: most, seed: settings.seed, place: place)
        do throws(TensorError) {
            var figures: [PointFigures.Figure] = []
            for count in [0] + settings.counts {
                let found = try await self.figures(points, 0..<count, view, truth)
                figures.append(
                    .init(points: count, psnr: found.psnr, ciede2000: found.ciede2000))
            }
            var gains: [Double] = []
            for single in 0..<PointSettings.singles {
                let found = try await self.figures(points, single..<single + 1, view, truth)
                gains.append(found.psnr - figures[0].psnr)
            }
            return PointFigures(figures: figures, singleGains: gains)
        } catch {
            throw .network(error)
        }
    }

    private func figures(
        _ points: TruePoints, _ range: Range<Int>, _ view: Colorizer.View, _ truth: Picture
    ) async throws(TensorError) -> PictureFigures {
        let hints = hints(
            for: view, points.hints(range, width: truth.width, height: truth.height))
        let prediction = try await colorizer.prediction(for: view, hints: hints)
        let upsampling = try await colorizer.colors(of: view, from: prediction, vividness: 0)
        let picture = RowPainter(
            upsampling: upsampling, saturation: 1, correction: view.correction(for: hints)
        ).painted(truth)
        return PictureFigures(of: picture, beside: truth)
    }
}
