internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Parts of a training: photographs, network, optimizer, device, the other processes.
struct TrainingSetup {
    let recipe: Recipe
    let options: TrainingOptions
    let source: PhotoSource
    let stages: [TrainingStage]
    let device: Device
    let group: ProcessGroup?
    let model: TrainingModel
    let optimizer: Optimizer
    /// Steps in all, of every stage.
    let totalSteps: Int

    init(
        _ recipe: Recipe, _ options: TrainingOptions, meeting: ProcessGroup.Meeting?
    ) throws(TrainingError) {
        (self.recipe, self.options) = (recipe, options)
        source = try PhotoSource(options.data)
        stages = try TrainingStage.all(
            of: recipe, source, rank: meeting?.rank ?? 0, processes: meeting?.count ?? 1)
        totalSteps = options.steps ?? stages.map(\.steps).reduce(0, +)
        let source = source
        (device, group, model, optimizer) = try TrainingError.wrapping {
            let device = try options.device.resolved()
            let stored = try Self.weights(recipe, options, source)
            let group = try meeting.map { try ProcessGroup($0, on: device) }
            let model = try Self.model(stored, recipe, on: device)
            return (device, group, model, try Optimizer(model, recipe.optimizer))
        }
    }

    /// The weights to begin with; the colours' weights are those of the data set, counted here if
    /// nobody has.
    private static func weights(
        _ recipe: Recipe, _ options: TrainingOptions, _ source: PhotoSource
    ) throws(TrainingError) -> [String: StoredTensor] {
        let stored =
            if let file = options.initial {
                try InitialWeights.reading(
                    file, for: recipe.network, recipe.encoder, seed: recipe.seed)
            } else {
                try InitialWeights.random(for: recipe.network, recipe.encoder, seed: recipe.seed)
            }
        guard recipe.network.network.givesDistribution else { return stored }
        let isNew = !RunFolder.holdsCheckpoint(options.run)
        let weights =
            source.colorWeights
            ?? (isNew ? ColorCount.weights(of: source, workers: workers) : nil)
        let network = Weights(file: options.initial ?? "random", tensors: stored)
        return try TrainingError.wrapping {
            try InitialWeights.applying(recipe.readout, weights: weights, to: network).tensors
        }
    }

    private static func model(
        _ stored: [String: StoredTensor], _ recipe: Recipe, on device: Device
    ) throws(TrainingError) -> TrainingModel {
        var tensors: [String: Tensor] = [:]
        for (name, value) in stored {
            tensors[name] = try TrainingError.wrapping {
                let tensor = try value.tensor(on: device)
                return recipe.channelsLast && value.shape.count == 4
                    ? try tensor.channelsLast() : tensor
            }
        }
        return try TrainingModel(
            recipe.network, tensors, learning: true, frozenStages: recipe.optimizer.frozenStages)
    }

    var rank: Int { group?.rank ?? 0 }

    var mode: Mode { group.map { .trainingTogether($0) } ?? .training }

    /// Threads that read photographs: more than compute would only wait for each other.
    static var workers: Int { max(1, min(8, ProcessInfo.processInfo.activeProcessorCount)) }

    /// Samples of squares of `size` pixels as tensors.
    func batch(
        _ samples: ArraySlice<TrainingSample>, size: Int
    ) throws(TensorError) -> Batch {
        try Batch(samples, size: size, on: device, channelsLast: recipe.channelsLast)
    }

    /// The stage of a step, counted from 0 over all stages; the last stage has no end.
    func stage(ofStep step: Int) -> TrainingStage {
        stages.last { $0.firstStep <= step } ?? stages[0]
    }

    /// The stage at whose size the network is evaluated and shown, whichever it is in: the last.
    var evaluationStage: TrainingStage { stages[stages.count - 1] }

    /// Runs `body` in the recipe's precision; bf16 where the device has instructions for it, else
    /// float32.
    func inPrecision<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(TensorError) -> Result {
        guard recipe.precision == .bf16, Computation.hasBFloat16(device) else {
            return try body()
        }
        return try Computation.inBFloat16(on: device, body)
    }

    /// The tensors that training changes, by their names in a checkpoint.
    var state: [String: Tensor] {
        var state = optimizer.state
        for (name, tensor) in model.tensors { state["model.\(name)"] = tensor }
        return state
    }

    /// Settings that must be the same when a run resumes.
    var identity: RunIdentity {
        RunIdentity(recipe, initial: options.initial)
    }

    /// The weights to colour with: the averaged ones where there is an average.
    var inferenceTensors: [String: Tensor] {
        model.tensors.merging(optimizer.averages ?? [:]) { _, averaged in averaged }
    }
}
