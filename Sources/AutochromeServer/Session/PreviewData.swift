internal import Autochrome

/// What sliders need of a photograph: made once, kept while there is room.
struct PreviewData: Sendable {
    /// The photograph as the network saw it.
    let view: Colorizer.View

    /// The encoder's part of it, for predictions with hints; nil for a network that takes none.
    let encoding: Encoding?

    /// What the network said of it without hints.
    let prediction: Prediction

    /// The photograph in the page's size.
    let picture: Picture

    /// About how many bytes it holds.
    var byteCount: Int {
        4 * prediction.valueCount + picture.pixels.count + 12 * view.planes.lightness.values.count
            + (encoding?.byteCount ?? 0)
    }
}
