internal import Autochrome
internal import SystemPackage

/// Photographs to look at: grey, coloured by each model at its first setting, true.
struct PictureSheet {
    /// The longer side of a picture, in pixels.
    private static let side = 300
    private static let quality = 85

    /// One photograph's pictures as JPEG files.
    struct Row {
        let record: PhotoRecord
        let path: FilePath
        var grey: [UInt8] = []
        var colored: [[UInt8]] = []
        var truth: [UInt8] = []
    }

    private(set) var rows: [Row]
    private let run: EvaluationRun
    private let options: ColorizeOptions

    /// - Parameters:
    ///   - records: of those to show.
    ///   - run: the run that measured them.
    init(_ records: [PhotoRecord], of run: EvaluationRun) {
        rows = records.map { Row(record: $0, path: run.photographs[$0.place]) }
        self.run = run
        var options = ColorizeOptions()
        (options.maxPixels, options.detail) = (run.maxPixels, run.detail)
        self.options = options
    }

    /// Adds a model's pictures, and at the first model those that need none.
    mutating func add(_ model: EvaluatedModel, of colorizer: Colorizer) async throws {
        for place in rows.indices {
            let photo = try PhotoFile(path: rows[place].path, maxPixels: options.maxPixels)
            let shown = Self.size(of: photo)
            let truth = try photo.picture(width: shown.width, height: shown.height)
            if rows[place].truth.isEmpty {
                rows[place].truth = try truth.jpeg(quality: Self.quality)
                let grey = RowPainter.grey(for: truth).painted(truth)
                rows[place].grey = try grey.jpeg(quality: Self.quality)
            }
            let view = try await colorizer.see(photo, options: options, shown: shown)
            let hints = model.hints(for: view, truePalette: run.usesTruePalette)
            let upsampling = try await colorizer.colors(
                of: view, from: colorizer.prediction(for: view, hints: hints),
                vividness: model.settings[0].vividness)
            let colored = RowPainter(upsampling: upsampling, saturation: 1).painted(truth)
            rows[place].colored.append(try colored.jpeg(quality: Self.quality))
        }
    }

    private static func size(of photo: PhotoFile) -> (width: Int, height: Int) {
        let scale = min(1, Double(side) / Double(max(photo.width, photo.height)))
        func scaled(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        return (scaled(photo.width), scaled(photo.height))
    }
}
