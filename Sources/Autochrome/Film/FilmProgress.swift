/// How far a film has come.
package struct FilmProgress: Sendable {
    /// Frames that are with the encoder, those of earlier runs included.
    package let frames: Int

    /// The share of the film, 0...1; nil where nobody knows how long it is.
    package let fraction: Double?
}
