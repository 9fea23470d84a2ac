/// Gives colours that are means over time their chroma back.
///
/// A mean of differing opinions is greyer than each of them. Its chroma is therefore multiplied
/// by the colourfulness that the predictions of the same frames have, over its own, both as sRGB
/// shows them and summed over the shot so far.
struct ChromaRevival {
    /// The most that chroma is multiplied by.
    private static let limit: Float = 1.5

    /// What a key of long ago still counts, for each key since.
    private static let fading: Float = 15 / 16

    private var predicted: Float = 0
    private var painted: Float = 0

    /// Takes a key's colourfulness, predicted and painted.
    ///
    /// - Returns: what the chroma of frames there is to be multiplied by, 1 or more.
    mutating func factor(predicted: Float, painted: Float) -> Float {
        self.predicted = Self.fading * self.predicted + predicted
        self.painted = Self.fading * self.painted + painted
        return min(max(1, self.predicted / max(self.painted, 1e-3)), Self.limit)
    }
}
