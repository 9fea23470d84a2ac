extension Colorizer.View {
    /// Input of the network for the photograph.
    ///
    /// - Parameter hints: the hints and palette of a person; nil for none.
    package func input(_ hints: Hints?) -> InputPlanes {
        guard let hints, hints.needsListening else {
            return InputPlanes(lightness: paddedLightness)
        }
        let heard = HintField(hints, over: planes.lightness)
            .heard(width: size.paddedWidth, height: size.paddedHeight)
        return InputPlanes(
            lightness: paddedLightness, hints: heard, palette: hints.palette?.shares)
    }

    /// Blending of the hints' colours over the network's, at the size that is shown; nil where no
    /// place has a hint.
    package func correction(for hints: Hints?) -> HintCorrection? {
        guard let hints, hints.hasPlaces else { return nil }
        return HintCorrection(
            HintField(hints, over: planes.lightness), hints, lightness: planes.lightness,
            width: Int((scaleX * Float(size.width)).rounded()),
            height: Int((scaleY * Float(size.height)).rounded()))
    }

    /// L* at a place of the photograph.
    ///
    /// - Parameters:
    ///   - x: where, as a fraction of the picture's width, 0...1.
    ///   - y: the same of its height.
    package func lightness(x: Double, y: Double) -> Float {
        planes.lightness[
            min(Int(x * Double(size.width)), size.width - 1),
            min(Int(y * Double(size.height)), size.height - 1)]
    }

    /// Where in a network's output a place of the photograph is.
    func place(_ x: Double, _ y: Double, in prediction: Prediction) -> (column: Int, row: Int) {
        let stride = stride(of: prediction)
        return (
            min(Int(x * Double(size.width) / stride), prediction.width - 1),
            min(Int(y * Double(size.height) / stride), prediction.height - 1)
        )
    }

    /// Pixels of the view for one of a network's output.
    func stride(of prediction: Prediction) -> Double {
        Double(size.paddedWidth / prediction.width)
    }

    /// Warnings about hints whose colours are outside sRGB.
    func warnings(of hints: Hints?, for photo: PhotoFile) -> [String] {
        guard let hints else { return [] }
        let places = HintField.unattainable(hints, over: planes.lightness)
        guard let first = places.first else { return [] }
        let rest = places.count == 1 ? "" : " and \(places.count - 1) more"
        return [
            "\(photo.file.name): the colour of \(first)\(rest) of its hints is outside sRGB at the "
                + "photograph's lightness; the nearest colour inside is used."
        ]
    }
}
