extension FilmWork {
    /// One segment whose file is whole.
    struct Segment: Codable, Sendable {
        let name: String
        let frames: Int

        /// The file's size in bytes.
        let size: Int

        /// Time of its first frame, in the film's time base.
        let start: Int64

        /// Time of its last frame.
        let last: Int64

        /// Time until which its last frame is shown.
        let end: Int64

        /// Time of the frame after it; nil when there is none.
        let next: Int64?

        /// The same as the film's last, to be shown until `end`.
        func ending(at end: Int64) -> Segment {
            Segment(
                name: name, frames: frames, size: size, start: start, last: last, end: end,
                next: nil)
        }
    }
}
