internal import Autochrome

/// Ten photographs as training sees them: grey above, predicted colours, true colours below.
struct SampleSheet {
    private static let count = 10
    /// The longest side of a picture on the sheet; larger ones are reduced.
    private static let largest = 256
    private static let gap = 4
    private static let titleHeight = 28

    private let picture: Picture

    /// Colours evaluation photographs, and if they are fewer than ten the first of the others.
    init(_ setup: TrainingSetup, title: String) throws(TrainingError) {
        let stage = setup.evaluationStage
        let places = stage.plan.evaluation + stage.plan.training.prefix(Self.count)
        let model = try TrainingModel(
            setup.model.kind, setup.inferenceTensors, learning: false)
        let maker = stage.plainMaker
        var columns: [[LabPlanes]] = []
        for place in 0..<min(Self.count, places.count) {
            let sample = try maker.sample(at: place, of: places, epoch: 0)
            columns.append(
                try TrainingError.wrapping { try Self.column(sample, setup, model) })
        }
        picture = Self.sheet(columns, title: title)
    }

    func write(to path: String) throws(TrainingError) {
        let bytes = try TrainingError.wrapping { try picture.png() }
        try WholeFile.write(bytes, to: path)
    }

    /// Grey, predicted and true.
    private static func column(
        _ sample: TrainingSample, _ setup: TrainingSetup, _ model: TrainingModel
    ) throws(TensorError) -> [LabPlanes] {
        try withoutGradient { () throws(TensorError) in
            let size = setup.evaluationStage.recipe.size
            let batch = try setup.batch([sample], size: size)
            let output = try setup.inPrecision { () throws(TensorError) in
                try model(batch.input, mode: .evaluation)
            }
            let side = min(size, largest)
            let lightness = try plane(batch.input.lightness, channel: 0, side: side)
            let grey = Plane(width: side, height: side)
            let predicted = try model.colors(from: output, vividness: 0.5)
            return try [LabPlanes(lightness: lightness, a: grey, b: grey)]
                + [predicted, batch.colors].map { colors throws(TensorError) in
                    LabPlanes(
                        lightness: lightness, a: try plane(colors, channel: 0, side: side),
                        b: try plane(colors, channel: 1, side: side))
                }
        }
    }

    private static func plane(
        _ tensor: Tensor, channel: Int, side: Int
    ) throws(TensorError) -> Plane {
        let one = try tensor.narrowed(dimension: 1, to: channel..<channel + 1)
            .resized(height: side, width: side)
        return Plane(width: side, height: side, values: try one.floats())
    }

    private static func sheet(_ columns: [[LabPlanes]], title: String) -> Picture {
        let side = columns.first?.first?.a.width ?? 1
        // The title needs its width even above one small picture.
        let width = max(columns.count * (side + gap) + gap, 480)
        var picture = Picture(
            width: width, height: titleHeight + 3 * (side + gap), grey: 255)
        TinyFont.draw(title, in: &picture, x: gap, y: 7, scale: 2)
        for (column, pictures) in columns.enumerated() {
            for (row, planes) in pictures.enumerated() {
                paste(
                    Lab.pixels(of: planes), side: side, into: &picture,
                    x: gap + column * (side + gap), y: titleHeight + row * (side + gap))
            }
        }
        return picture
    }

    private static func paste(
        _ pixels: [Float], side: Int, into picture: inout Picture, x: Int, y: Int
    ) {
        for row in 0..<side {
            for i in 0..<side * 3 {
                let value = min(max(pixels[row * side * 3 + i], 0), 1)
                picture.pixels[3 * ((y + row) * picture.width + x) + i] = UInt8(
                    (value * 255).rounded())
            }
        }
    }
}

extension StepRecord {
    /// Title above a sample sheet.
    var title: String { "epoch \(epoch), batch \(batch), loss \(loss)" }
}
