/// Random changes of a training sample; each value is a probability or a maximum strength, and 0
/// turns the change off.
package struct Augmentation: Sendable, Equatable {
    /// The largest scale relative to the whole photograph; a square is then cut out anywhere.
    package var scale: Double
    /// Probability of mirroring the photograph, with its colours.
    package var flip: Double
    /// Largest change of the exposure, in stops.
    package var exposure: Double
    /// Largest relative change of the spread of L* around 50.
    package var contrast: Double
    /// Largest rise of black and fall of white, as a share of the range.
    package var fading: Double
    /// The largest standard deviation of grain, in L*.
    package var grain: Double
    /// The largest standard deviation of blur, in pixels.
    package var blur: Double
    /// Probability of JPEG artefacts.
    package var jpeg: Double

    /// No changes at all.
    package static let none = Augmentation(
        scale: 1, flip: 0, exposure: 0, contrast: 0, fading: 0, grain: 0, blur: 0, jpeg: 0)
}
