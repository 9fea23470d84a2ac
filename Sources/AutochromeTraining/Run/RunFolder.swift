internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Files of a run. Only rank 0 writes them.
struct RunFolder {
    private let setup: TrainingSetup
    private let path: String
    private let lock: Lock?
    private var metrics: MetricsFile?
    private var lastSave = ContinuousClock.now
    private var identity: RunIdentity
    /// Steps done.
    var step = 0
    /// The best figure of an evaluation so far.
    var best: Float?

    /// Takes up the run that the folder holds, or begins one.
    init(_ setup: TrainingSetup) throws(TrainingError) {
        self.setup = setup
        path = setup.options.run
        identity = setup.identity
        lock = setup.rank == 0 ? try Self.locked(path) : nil
        if setup.rank == 0 { try resume() }
        try share()
        guard setup.rank == 0 else { return }
        metrics = try MetricsFile("\(path)/metrics.jsonl", keeping: step)
    }

    /// Goes with the last copy of the run.
    private final class Lock {
        private let file: FileLock

        init(file: consuming FileLock) { self.file = file }
    }

    private var checkpoint: String { Self.checkpoint(in: path) }

    private static func checkpoint(in path: String) -> String { "\(path)/checkpoint.safetensors" }

    /// Whether the folder contains a run that can resume.
    static func holdsCheckpoint(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: checkpoint(in: path))
    }

    /// Makes the folder and keeps other trainings out of it while this one lasts.
    private static func locked(_ path: String) throws(TrainingError) -> Lock {
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/samples", withIntermediateDirectories: true)
        } catch {
            let reason = PrepareError.reason(of: error)
            throw .file(path: path, reason: "the folder cannot be created: \(reason)")
        }
        do throws(FileLockError) {
            return Lock(file: try FileLock(FilePath("\(path)/lock"), waits: false))
        } catch {
            if case .held = error {
                throw .file(path: path, reason: "another training is running in this folder")
            }
            throw .file(path: path, reason: "its lock cannot be created (\(error))")
        }
    }

    private mutating func resume() throws(TrainingError) {
        guard Self.holdsCheckpoint(path) else { return }
        let found = try Checkpoint(
            reading: checkpoint, into: setup.state, identity: identity)
        (step, best, identity) = (found.step, found.best, found.identity)
    }

    /// Gives all processes what the first one has: they may be on machines without its folder.
    private mutating func share() throws(TrainingError) {
        guard let group = setup.group else { return }
        let facts: [Int64] = [Int64(step), Int64(best?.bitPattern ?? Float.infinity.bitPattern)]
        let shared = try TrainingError.wrapping {
            let tensor = try Tensor.wholes(facts, shape: [2], on: setup.device)
            try group.broadcast([tensor])
            let state = setup.state
            try group.broadcast(state.keys.sorted().compactMap { state[$0] })
            return try tensor.wholes()
        }
        step = Int(shared[0])
        let figure = Float(bitPattern: UInt32(truncatingIfNeeded: shared[1]))
        best = figure.isFinite ? figure : nil
    }

    mutating func add(_ record: StepRecord) throws(TrainingError) {
        try metrics?.append(record)
    }

    /// Whether the recipe wants a checkpoint now.
    var isSaveDue: Bool {
        let recipe = setup.recipe
        if recipe.checkpointEvery > 0, step % recipe.checkpointEvery == 0 { return true }
        return ContinuousClock.now - lastSave > .seconds(60 * recipe.checkpointMinutes)
    }

    /// Writes a checkpoint, and the report as far as the run has come.
    ///
    /// - Throws: `TrainingError.notFinite` rather than keep what training cannot go on from; so do
    ///   all that write what the weights make.
    mutating func save() throws(TrainingError) {
        try setup.checkFinite(step: step)
        lastSave = .now
        guard setup.rank == 0 else { return }
        try Checkpoint(step: step, best: best, identity: identity)
            .write(setup.state, to: checkpoint)
        try writeReports()
    }

    /// Writes a checkpoint that is kept from before the learning rate falls: a longer training goes
    /// on from it.
    func saveBeforeDecay() throws(TrainingError) {
        try setup.checkFinite(step: step)
        guard setup.rank == 0 else { return }
        try Checkpoint(step: step, best: best, identity: identity)
            .write(setup.state, to: "\(path)/before-decay-\(step).safetensors")
    }

    /// Writes the model for colouring: the weights, averaged if the recipe says so.
    ///
    /// - Parameter loss: of the step that made them; nil where that is not known.
    func writeModel(loss: Float?) throws(TrainingError) {
        try setup.checkFinite(step: step)
        guard setup.rank == 0 else { return }
        try ModelFile(setup).write(
            to: "\(path)/model.safetensors", step: step, best: best, loss: loss)
    }

    /// Writes what is left to write at the end.
    mutating func finish() throws(TrainingError) {
        // With evaluations the best model is there already.
        if setup.evaluationStage.plan.evaluation.isEmpty || best == nil {
            try writeModel(loss: metrics?.records.last?.loss)
        }
        try save()
    }

    func addSampleSheet(for record: StepRecord) throws(TrainingError) {
        try setup.checkFinite(step: record.step)
        guard setup.rank == 0 else { return }
        let sheet = try SampleSheet(setup, title: record.title)
        try sheet.write(to: "\(path)/samples/\(record.step.padded(8)).png")
    }

    private func writeReports() throws(TrainingError) {
        guard let records = metrics?.records else { return }
        try EventFile.write(records, in: path)
        try Report(recipe: setup.recipe, records: records, folder: path)
            .write(to: "\(path)/report.html")
    }
}

extension Tensor {
    /// The whole numbers it holds.
    fileprivate func wholes() throws(TensorError) -> [Int64] {
        var values = [Int64](repeating: 0, count: count)
        let copied = values.withUnsafeMutableBytes { bytes in
            Result { () throws(TensorError) in try copy(to: bytes) }
        }
        try copied.get()
        return values
    }
}
