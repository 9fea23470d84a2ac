/// What the codes of a frame mean: their range, the weights of Y', and what else players must be
/// told of them.
///
/// R', G' and B' that come out are taken as sRGB's, as photographs' are: a frame and a photograph
/// of the same codes get the same colours, and players show both alike.
struct FrameColors: Sendable, Equatable {
    /// Whether codes run from 0 to the largest; otherwise black is 16 and white 235 of 255.
    let isFullRange: Bool

    /// Weights of R' and B' in Y'; that of G' is the rest.
    let red: Float
    let blue: Float

    /// What players are told, as ffprobe names it.
    let matrix: String
    let primaries: String
    let transfer: String

    /// Weights by ffprobe's name of the matrix (ITU-T H.273, table 4).
    private static let weights: [String: (red: Float, blue: Float)] = [
        "bt709": (0.2126, 0.0722), "smpte170m": (0.299, 0.114), "bt470bg": (0.299, 0.114),
        "fcc": (0.30, 0.11), "smpte240m": (0.212, 0.087), "bt2020nc": (0.2627, 0.0593),
    ]

    /// - Parameters:
    ///   - stream: the film's stream of pictures.
    ///   - isFullRange: what is known of the range besides.
    ///   - matrix: the matrix where the stream names none that is known here. Players guess one
    ///     by the size then, and so does this.
    init(_ stream: FilmFacts.Stream, isFullRange: Bool? = nil, matrix given: String? = nil) {
        let guessed = (stream.height ?? 0) > 576 ? "bt709" : "smpte170m"
        matrix = given ?? ColorCode.known(stream.colorSpace, in: ColorCode.matrices) ?? guessed
        let weights = Self.weights[matrix] ?? (0.2126, 0.0722)
        (red, blue) = weights
        self.isFullRange = isFullRange ?? (stream.colorRange == "pc")
        primaries = ColorCode.known(stream.colorPrimaries, in: ColorCode.primaries) ?? "bt709"
        transfer = ColorCode.known(stream.colorTransfer, in: ColorCode.transfers) ?? "bt709"
    }

    /// Code of Y' = 0, codes from there to 1, code of no chroma, and codes of a unit of chroma.
    func scale(depth: Int) -> (black: Float, luma: Float, neutral: Float, chroma: Float) {
        let step = Float(1 << (depth - 8))
        let neutral = 128 * step
        guard isFullRange else { return (16 * step, 219 * step, neutral, 224 * step) }
        let limit = Float(1 << depth - 1)
        return (0, limit, neutral, limit)
    }

    /// ffmpeg's filter that puts them on frames for an encoder of the codec.
    func filter(_ codec: FilmCodec) -> String {
        let (matrix, primaries, transfer) = codes(codec)
        return "setparams=range=\(range):colorspace=\(matrix):color_primaries=\(primaries)"
            + ":color_trc=\(transfer)"
    }

    /// ffmpeg's options that put them on a stream.
    func arguments(_ codec: FilmCodec) -> [String] {
        let (matrix, primaries, transfer) = codes(codec)
        return [
            "-color_range", range, "-colorspace", "\(matrix)", "-color_primaries", "\(primaries)",
            "-color_trc", "\(transfer)",
        ]
    }

    /// ffmpeg's name of the range.
    var range: String { isFullRange ? "pc" : "tv" }

    /// The numbers of what players are told, which all of ffmpeg's parts take; their names differ:
    /// the transfer that ffprobe calls bt470m is gamma22 to an encoder.
    private func codes(_ codec: FilmCodec) -> (matrix: Int, primaries: Int, transfer: Int) {
        let unspecified = 2
        let written = codec.takes(primaries: primaries) ? ColorCode.primaries[primaries] : nil
        return (
            ColorCode.matrices[matrix] ?? unspecified, written ?? unspecified,
            ColorCode.transfers[transfer] ?? unspecified
        )
    }
}
