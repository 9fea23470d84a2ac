/// Whether a film is in colour already, as seen in a few of its frames.
enum FilmColorContent {
    private static let samples = 5
    private static let side = 128

    /// Whether most of the frames looked at are in colour; those that cannot be read count as grey.
    static func isColored(_ facts: FilmFacts) async throws -> Bool {
        var colored = 0
        for index in 0..<samples {
            let share = (Double(index) + 0.5) / Double(samples)
            guard let planes = try await frame(of: facts, at: share * (facts.duration ?? 0))
            else { continue }
            if ColorContent(planes) == .colored { colored += 1 }
        }
        return 2 * colored > samples
    }

    private static func frame(of facts: FilmFacts, at seconds: Double) async throws -> LabPlanes? {
        var arguments = MediaTool.quiet
        arguments += ["-ss", "\(seconds.decimal)", "-i", MediaArgument(facts.path)]
        arguments += ["-map", "0:\(facts.video.index)", "-frames:v", "1"]
        arguments += ["-vf", "scale=\(side):\(side)", "-pix_fmt", "rgb24"]
        arguments += ["-f", "rawvideo", "pipe:1"]
        let (pixels, _) = try await MediaTool.run("ffmpeg", arguments)
        guard pixels.count == 3 * side * side else { return nil }
        return Lab.planes(
            of: pixels.map { Float($0) / 255 }, channels: 3, width: side, height: side)
    }
}
