/// Whether a film is in colour already, as seen in a few of its frames.
enum FilmColorContent {
    private static let samples = 5
    private static let side = 128

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
        let (pixels, _) = try await MediaTool.run(
            "ffmpeg",
            MediaTool.quiet + [
                "-ss", decimal(seconds), "-i", MediaTool.name(facts.path), "-map",
                "0:\(facts.video.index)", "-frames:v", "1", "-vf", "scale=\(side):\(side)",
                "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1",
            ])
        guard pixels.count == 3 * side * side else { return nil }
        return Lab.planes(
            of: pixels.map { Float($0) / 255 }, channels: 3, width: side, height: side)
    }
}
