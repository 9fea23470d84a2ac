extension FilmRun {
    /// The share of the film that lies before a time; nil where nobody knows how long it is.
    func fraction(at time: Int64) -> Double? {
        let whole = facts.duration.map { $0 - options.start }
        let length = [whole, options.duration].compactMap { $0 }.min()
        guard let length, length > 0 else { return nil }
        let done = Double(time) * facts.timeBase.value - facts.origin - options.start
        return min(1, max(0, done / length))
    }

    /// What there is to say of frames that could not be read.
    ///
    /// - Parameter end: until when the last frame is shown.
    func damage(
        _ ending: MediaProcess.Ending, _ counting: FrameCount, end: Int64
    ) -> [String] {
        guard !counting.isCut else { return [] }
        let reached = Double(end) * facts.timeBase.value - facts.origin
        let frames = "\(counting.frames) frames could be read and are coloured"
        let asked = options.duration.map { options.start + $0 } ?? .infinity
        if let duration = facts.duration, reached < min(duration, asked) - max(1, 0.02 * duration) {
            return [
                "\(facts.path): the film is damaged or cut off: \(frames), to "
                    + "\(tenths(reached)) s of \(tenths(duration)) s."
            ]
        }
        if let line = ending.lines.first {
            return ["\(facts.path): the film is damaged: \(frames). ffmpeg says: \(line)"]
        }
        // As when the system ends it for want of memory.
        guard !ending.isGood else { return [] }
        return [
            "\(facts.path): \(frames), and then ffmpeg failed without a word; there may be more. "
                + "Look at the end of the result, and colour the film again if it is cut off."
        ]
    }

    private func tenths(_ seconds: Double) -> String { "\((seconds * 10).rounded() / 10)" }
}
