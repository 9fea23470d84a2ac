/// One frame of a film.
struct FilmFrame: Sendable {
    /// In units of the film's time base.
    let time: Int64

    /// The planes, as the film's `FrameFormat` says.
    let bytes: [UInt8]
}
