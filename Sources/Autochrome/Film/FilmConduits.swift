/// The queues between the stages of a film.
struct FilmConduits: Sendable {
    /// From the decoder to those who decide the colours.
    let frames = Conduit<FilmFrame>(capacity: 4)

    /// From there to the painter.
    let colored = Conduit<ColoredFrame>(capacity: 8)

    /// From the painter to the encoder.
    let painted = Conduit<FilmRun.Painted>(capacity: 4)

    /// Ends all stages: nobody wants any more.
    func cancel() async {
        await frames.cancel()
        await colored.cancel()
        await painted.cancel()
    }

    /// Runs a stage; when it fails, no other waits for it.
    func cancelling(_ stage: () async throws -> Void) async throws {
        do {
            try await stage()
        } catch {
            await cancel()
            throw error
        }
    }
}
