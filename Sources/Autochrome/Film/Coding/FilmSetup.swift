/// How one film is written: encoder, pixel format, size, colours.
struct FilmSetup: Sendable {
    let codec: FilmCodec
    let encoderArguments: [String]

    /// ffmpeg's name of the pixel format in the file.
    let pixelFormat: String

    /// What is handed to ffmpeg: the same, or the nearest that is handed over without it.
    let target: FrameFormat
    let colors: FrameColors
    let stream: NUTWriter.Stream

    /// What there is to say about it.
    let notes: [String]

    /// - Parameters:
    ///   - encoder: ffmpeg's name of it.
    ///   - frames: the film's frames as they are decoded.
    init(
        _ options: FilmOptions, container: FilmContainer, encoder: String, facts: FilmFacts,
        form: SourceFrames, frames: NUTReader.Stream, source: FrameFormat
    ) throws {
        codec = options.codec
        pixelFormat = options.pixelFormat ?? codec.pixelFormat(depth: source.depth)
        encoderArguments = codec.arguments(encoder: encoder, rateFactor: options.rateFactor)
        colors = form.written(of: facts.video, codec, in: container)
        let shape = Self.shape(
            of: pixelFormat, codec, source: source, compare: options.colors.compare)
        target = shape.format
        notes =
            (shape.note.map { ["\(facts.path): \($0)"] } ?? [])
            + facts.notes(on: colors, codec, hasMatrix: source.hasChroma && !form.isConverted)
        stream = NUTWriter.Stream(
            tag: target.tag ?? [], width: target.width, height: target.height,
            pixelAspect: frames.pixelAspect, timeBase: facts.timeBase)
    }

    /// The format handed over: the one in the file where NUT has a name for it, with sides that
    /// the shared samples of chroma divide.
    private static func shape(
        of name: String, _ codec: FilmCodec, source: FrameFormat, compare: Bool
    ) -> (format: FrameFormat, note: String?) {
        let named = FrameFormat(name: name, width: 2, height: 2)
        let format = named.flatMap { $0.tag == nil ? nil : $0 }
        let isDeep = source.depth > 8 || name.contains("10") || name.contains("12")
        let form = format?.name ?? (isDeep ? "yuv444p10le" : "yuv444p")
        let (stepX, stepY) = named.map { (1 << $0.shiftX, 1 << $0.shiftY) } ?? (2, 2)
        let width = (source.width + stepX - 1) / stepX * stepX
        let height = (source.height + stepY - 1) / stepY * stepY
        let made = FrameFormat(name: form, width: compare ? 2 * width : width, height: height)
        var note: String?
        if width != source.width || height != source.height {
            note =
                "\(source.width) x \(source.height) is odd, and \(name) takes even sizes: the "
                + "last column or row is there twice (\(width) x \(height)). "
                + "--pixel-format yuv444p keeps the size."
        }
        // The names come from this file and from ffmpeg's; both parse.
        return (made ?? source, note)
    }
}
