/// How a film is coloured and written.
package struct FilmOptions: Sendable {
    /// Vividness, saturation, detail, compare and overwrite, as for a photograph.
    package var colors: ColorizeOptions

    /// How pictures are compressed.
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

    /// Whether frames whose lines are of two moments are made into frames of one.
    package var isDeinterlaced = false

    /// The latest time, in seconds, that is taken as one of a film: some 300 years, so that a clock
    /// that counts from 1970 is taken, too.
    package static let latest = 1e10

    /// All of a film as H.264, with the given options of colour.
    package init(colors: ColorizeOptions) { self.colors = colors }
}
