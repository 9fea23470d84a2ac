package import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A training from its first step, or from where it was left, to its last.
///
/// All it writes goes to one folder: `checkpoint.safetensors`, `metrics.jsonl`,
/// `model.safetensors`, `samples/`, `events.out.tfevents.*` and `report.html`.
package struct TrainingRun {
    private let recipe: Recipe
    private let options: TrainingOptions
    private let setup: TrainingSetup
    private let tell: (TrainingEvent) -> Void
    private let shouldStop: () -> Bool

    /// Checks everything that can be checked before any work.
    ///
    /// - Parameters:
    ///   - meeting: where the processes of this training meet; nil for one alone
    ///   - tell: called after each step and at other events
    ///   - shouldStop: asked after each step
    /// - Throws: `TrainingError`
    package init(
        _ recipe: Recipe, _ options: TrainingOptions, meeting: ProcessGroup.Meeting? = nil,
        tell: @escaping (TrainingEvent) -> Void, shouldStop: @escaping () -> Bool
    ) throws(TrainingError) {
        (self.recipe, self.options) = (recipe, options)
        (self.tell, self.shouldStop) = (tell, shouldStop)
        setup = try TrainingSetup(recipe, options, meeting: meeting)
    }

    /// Trains. The calling thread computes.
    package func run() throws(TrainingError) -> TrainingEnd {
        let (model, optimizer) = (setup.model, setup.optimizer)
        let loss = Loss(settings: recipe.loss, group: setup.group)
        let total = setup.totalSteps
        Computation.keepMemory()
        var run = try RunFolder(setup)
        tell(.begins(at: run.step, of: total, photographs: setup.source.names.count))
        var stage = setup.stage(ofStep: run.step)
        var reader = Self.reader(of: stage, from: run.step)
        var named: Set<String> = []

        while run.step < total {
            let start = ContinuousClock.now
            let next = setup.stage(ofStep: run.step)
            if next.firstStep != stage.firstStep {
                (stage, reader) = (next, Self.reader(of: next, from: run.step))
            }
            let (plan, isLast) = (
                stage.plan, stage.firstStep == setup.evaluationStage.firstStep
            )
            if stage.beginsDecay(at: run.step, of: total, isLast: isLast) {
                try run.saveBeforeDecay()
            }
            let rate = stage.rate(at: run.step, of: total, isLast: isLast)
            let (samples, waited) = try reader.next()
            name(samples.flatMap(\.skipped), once: &named)

            let value = try computing { () throws(TensorError) in
                try Tensor.clearGradients(of: model.parameters)
                var sum: Float = 0
                for part in parts(of: samples) {
                    let batch = try setup.batch(part, size: stage.recipe.size)
                    let result =
                        try setup.inPrecision { () throws(TensorError) in
                            try loss(model(batch.input, mode: setup.mode), batch, model)
                        } / Double(recipe.accumulation)
                    try result.backward()
                    sum += try result.number()
                }
                return sum
            }
            guard value.isFinite else {
                throw setup.notFinite(
                    "The loss", value: Double(value), step: run.step + 1,
                    photographs: samples.map(\.name))
            }
            // Weights moved by such gradients must not come into a checkpoint.
            let norm = try computing { () throws(TensorError) in
                try setup.group?.averageGradients(of: model.parameters)
                return try Tensor.gradientNorm(of: model.parameters)
            }
            guard norm.isFinite else {
                throw setup.notFinite(
                    "The gradients' norm", value: norm, step: run.step + 1,
                    photographs: samples.map(\.name))
            }
            try computing { () throws(TensorError) in
                try optimizer.move(rate: rate, step: run.step, norm: norm)
                try setup.device.synchronize()
            }

            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let place = plan.place(ofStep: run.step - stage.firstStep)
            var record = StepRecord(
                step: run.step + 1, epoch: place.epoch + 1, batch: place.batch + 1, loss: value,
                learningRate: rate, photographsPerSecond: Double(plan.batchSize) / seconds,
                waiting: waited / seconds, time: Date().timeIntervalSince1970)
            run.step += 1
            if !setup.evaluationStage.plan.evaluation.isEmpty,
                isDue(every: recipe.evaluateEvery, run.step) || run.step == total
            {
                record.evaluation = try evaluate(&run, after: record, naming: &named)
            }
            try run.add(record)
            tell(.step(record, of: total))
            if isDue(every: recipe.sampleEvery, run.step) || run.step == total {
                try run.addSampleSheet(for: record)
            }
            if try isStopWanted() {
                try run.save()
                return .stopped(step: run.step)
            }
            if run.isSaveDue {
                try run.save()
                tell(.saved(step: run.step))
            }
        }
        try run.finish()
        return .finished
    }

    private static func reader(of stage: TrainingStage, from step: Int) -> BatchReader {
        BatchReader(
            stage.maker, stage.plan, from: step - stage.firstStep,
            workers: TrainingSetup.workers)
    }

    /// A batch in the parts whose gradients are added up.
    private func parts(of samples: [TrainingSample]) -> [ArraySlice<TrainingSample>] {
        let count = samples.count / recipe.accumulation
        return stride(from: 0, to: samples.count, by: count).map { samples[$0..<$0 + count] }
    }

    private func isDue(every steps: Int, _ step: Int) -> Bool { steps > 0 && step % steps == 0 }

    /// Tells of photographs that cannot be read, of each but once.
    private func name(_ skipped: [TrainingSample.Skipped], once named: inout Set<String>) {
        for photograph in skipped where named.insert(photograph.name).inserted {
            tell(.skipped(name: photograph.name, reason: photograph.reason))
        }
    }

    private func evaluate(
        _ run: inout RunFolder, after record: StepRecord, naming named: inout Set<String>
    ) throws(TrainingError) -> Float {
        let (loss, skipped) = try EvaluationLoss(setup).value()
        name(skipped, once: &named)
        guard loss.isFinite else {
            throw setup.notFinite("The evaluation loss", value: Double(loss), step: run.step)
        }
        let isBest = loss < run.best ?? .infinity
        if isBest {
            run.best = loss
            try run.writeModel(loss: record.loss)
        }
        tell(.evaluated(step: run.step, loss: loss, isBest: isBest))
        return loss
    }

    /// Whether any process was asked to stop; all must know, or the others wait for it in vain.
    private func isStopWanted() throws(TrainingError) -> Bool {
        guard let group = setup.group else { return shouldStop() }
        return try computing { () throws(TensorError) in
            let wish = try Tensor.filled(with: shouldStop() ? 1 : 0, shape: [1], on: setup.device)
            return try group.mean(wish).number() > 0
        }
    }

    /// Runs tensor operations and turns their failures into errors with a remedy.
    private func computing<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(TrainingError) -> Result {
        do {
            return try body()
        } catch {
            if case .outOfMemory(_, _, let reason) = error {
                let line = reason.split(separator: "\n").first.map(String.init) ?? reason
                throw .outOfMemory(
                    batchSize: setup.stages.map(\.recipe.batchSize).max() ?? 0, reason: line)
            }
            if let group = setup.group, error.canComeFromOtherProcess {
                throw .processes(
                    "Another process of this training has ended or does not answer; rank "
                        + "\(group.rank) of \(group.count) ends. The same command resumes from "
                        + "the last checkpoint. (\(error))")
            }
            throw .tensor(error)
        }
    }
}
