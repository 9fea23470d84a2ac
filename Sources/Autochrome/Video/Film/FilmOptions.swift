/// How a film is coloured and written.
package struct FilmOptions: Sendable {
    /// Vividness, saturation, detail, compare and overwrite, as for a photograph.
    package var colors: ColorizeOptions

    package var codec: FilmCodec = .h264

    /// The encoder's constant rate factor; nil for the codec's own.
    package var rateFactor: Int?

    /// ffmpeg's name of the pixel format; nil for the codec's own.
    package var pixelFormat: String?

    /// Where to begin, in seconds of the film.
    package var start: Double = 0

    /// How many seconds to colour; nil for all there are.
    package var duration: Double?

    /// Whether colours are carried along motion and averaged over time.
    package var isSteady = true

    package init(colors: ColorizeOptions) { self.colors = colors }
}
