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

    /// ffmpeg's names.
    let matrix: String
    let primaries: String
    let transfer: String

    /// Weights by ffmpeg's name of the matrix (ITU-T H.273, table 4).
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
        let known = stream.colorSpace.flatMap { Self.weights[$0] == nil ? nil : $0 }
        matrix = given ?? known ?? guessed
        let weights = Self.weights[matrix] ?? (0.2126, 0.0722)
        (red, blue) = weights
        self.isFullRange = isFullRange ?? (stream.colorRange == "pc")
        primaries = Self.named(stream.colorPrimaries) ?? "bt709"
        transfer = Self.named(stream.colorTransfer) ?? "bt709"
    }

    private static func named(_ name: String?) -> String? {
        name == "unknown" || name == "reserved" ? nil : name
    }

    /// Code of Y' = 0, codes from there to 1, code of no chroma, and codes of a unit of chroma.
    func scale(depth: Int) -> (black: Float, luma: Float, neutral: Float, chroma: Float) {
        let step = Float(1 << (depth - 8))
        let neutral = 128 * step
        guard isFullRange else { return (16 * step, 219 * step, neutral, 224 * step) }
        let limit = Float(1 << depth - 1)
        return (0, limit, neutral, limit)
    }

    /// ffmpeg's filter that puts the names on frames.
    var filter: String {
        "setparams=range=\(isFullRange ? "pc" : "tv"):colorspace=\(matrix)"
            + ":color_primaries=\(primaries):color_trc=\(transfer)"
    }

    /// ffmpeg's options that put the names on a stream.
    var arguments: [String] {
        [
            "-color_range", isFullRange ? "pc" : "tv", "-colorspace", matrix,
            "-color_primaries", primaries, "-color_trc", transfer,
        ]
    }
}
