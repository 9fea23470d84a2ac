extension FilmFacts {
    /// What a result says otherwise of its colours than the film.
    ///
    /// - Parameters:
    ///   - colors: what the result says.
    ///   - hasMatrix: whether the film's codes are read by a matrix, as those of R'G'B' are not.
    func notes(on colors: FrameColors, _ codec: FilmCodec, hasMatrix: Bool) -> [String] {
        var notes: [String] = []
        if hasMatrix, ColorCode.isForeign(video.colorSpace, to: ColorCode.matrices) {
            notes.append(
                "its matrix is called \(video.colorSpace ?? ""), by which no colours are read "
                    + "here: what tone it has is read as \(colors.matrix), as the result says.")
        }
        for (kind, own, told, table) in [
            ("primaries", video.colorPrimaries, colors.primaries, ColorCode.primaries),
            ("transfer", video.colorTransfer, colors.transfer, ColorCode.transfers),
        ] where ColorCode.isForeign(own, to: table) {
            notes.append(
                "\(kind) of its colours that are not known here, \(own ?? ""): the result says "
                    + "\(told).")
        }
        if !codec.takes(primaries: colors.primaries) {
            notes.append(
                "its primaries (\(colors.primaries)) are not written by the encoders of "
                    + "\(codec.name); the result says none.")
        }
        return notes.map { "\(path): \($0)" }
    }
}
