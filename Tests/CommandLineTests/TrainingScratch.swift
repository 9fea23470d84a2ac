import Foundation

/// Photographs, a recipe, and runs of `autochrome train` on them.
struct TrainingScratch {
    let scratch: Scratch

    /// Twelve small photographs, all different, and a recipe that uses everything that is random.
    init() throws {
        scratch = try Scratch()
        try scratch.makeFolder("photos")
        for i in 0..<12 {
            try scratch.write(
                TestPhoto.colored(width: 70 + 9 * i, height: 66 + 5 * (i % 5)),
                as: "photos/\(i + 10).tif")
        }
        let recipe = """
            network: ChromaNetwork
            loss: {name: cross-entropy, regression: 0.02}
            optimizer:
              {name: adamw, learning_rate: 1e-4, warm_up: 3, schedule: cosine, clip: 5,
              average: 0.9, encoder_factor: 0.5, weight_decay: 0.01}
            augmentation:
              {scale: 1.5, flip: 0.5, exposure: 0.7, contrast: 0.3, fading: 0.2, grain: 6,
              blur: 1.2, jpeg: 0.5}
            batch_size: 4
            epochs: 4
            size: 64
            checkpoint_every: 2
            """
        try scratch.write(Data(recipe.utf8), as: "recipe.yaml")
    }

    func arguments(run: String, _ more: [String] = []) -> [String] {
        [
            "train", scratch.path("recipe.yaml"), "--data", scratch.path("photos"), "--run",
            scratch.path(run), "--device", "cpu",
        ] + more
    }

    @discardableResult
    func train(run: String, _ more: String...) throws -> Program.Result {
        try Program.run(arguments: arguments(run: run, more), environment: Self.environment)
    }

    /// One thread: with two, those of tests beside this one slow it down.
    static let environment = ["OMP_NUM_THREADS": "1"]

    /// Starts training as one of several processes that meet at `port`.
    func start(run: String, rank: Int, of count: Int, port: Int, _ more: String...) throws
        -> (process: Process, error: URL)
    {
        let process = Program.process(
            arguments(run: run, more),
            environment: Self.environment.merging([
                "RANK": "\(rank)", "WORLD_SIZE": "\(count)", "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": "\(port)",
            ]) { $1 })
        let error = scratch.url.appending(path: "error-\(rank)-\(UUID().uuidString)")
        try Data().write(to: error)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        return (process, error)
    }

    struct Line: Decodable {
        let step: Int
        let loss: Double
    }

    func lines(_ run: String) throws -> [Line] {
        guard scratch.exists("\(run)/metrics.jsonl") else { return [] }
        return try scratch.read("\(run)/metrics.jsonl").split(separator: UInt8(ascii: "\n"))
            .compactMap { try? JSONDecoder().decode(Line.self, from: $0) }
    }

    /// Waits until a run has come so far.
    func wait(for step: Int, of run: String) throws {
        try Patience.wait(for: "step \(step) of \(run)") {
            try lines(run).last.map { $0.step >= step } ?? false
        }
    }
}
