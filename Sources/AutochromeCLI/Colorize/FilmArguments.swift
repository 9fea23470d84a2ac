import ArgumentParser
import Autochrome

/// The options of `colorize` that are for films alone.
struct FilmArguments: ParsableArguments {
    @Option(help: "Codec of films (default: h264).")
    var codec: FilmCodec?

    @Option(
        help: """
            Constant rate factor of films: lower is better and larger (default: 18 for H.264, 20 \
            HEVC, 28 AV1).
            """)
    var crf: Int?

    @Option(help: "ffmpeg's name of the pixel format (default: yuv420p, or the codec's own).")
    var pixelFormat: String?

    @Option(help: "Start time in a film, in seconds.")
    var start: Double?

    @Option(help: "Duration of the part to colour, in seconds.")
    var duration: Double?

    @Flag(help: "Colour each frame of a film independently, without temporal smoothing.")
    var noSmoothing = false

    @Flag(help: "Deinterlace films, one frame for each frame, by ffmpeg's bwdif.")
    var deinterlace = false

    func validate() throws {
        let codec = codec ?? .h264
        if let crf {
            guard codec.defaultRateFactor != nil else {
                throw ValidationError("--crf says nothing about \(codec.name).")
            }
            guard (0...codec.rateFactorLimit).contains(crf) else {
                throw ValidationError(
                    "--crf is \(crf); for \(codec.name) it goes from 0 to "
                        + "\(codec.rateFactorLimit).")
            }
        }
        let latest = FilmOptions.latest
        if let start, !(0...latest).contains(start) {
            throw ValidationError(
                "--start is \(start); it is a number of seconds from 0 to \(Int(latest)).")
        }
        if let duration, !(duration > 0 && duration <= latest) {
            throw ValidationError(
                "--duration is \(duration); it is a number of seconds above 0, to \(Int(latest)).")
        }
    }

    /// Whether any of them was given.
    var isGiven: Bool {
        codec != nil || crf != nil || pixelFormat != nil || start != nil || duration != nil
            || noSmoothing || deinterlace
    }

    /// The library's options for a film.
    func options(_ colors: ColorizeOptions) -> FilmOptions {
        var options = FilmOptions(colors: colors)
        options.codec = codec ?? .h264
        options.rateFactor = crf
        options.pixelFormat = pixelFormat
        options.start = start ?? 0
        options.duration = duration
        options.isSteady = !noSmoothing
        options.isDeinterlaced = deinterlace
        return options
    }
}
