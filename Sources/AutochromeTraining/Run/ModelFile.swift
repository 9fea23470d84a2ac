internal import Autochrome

/// The file of weights that colours photographs.
struct ModelFile {
    private let setup: TrainingSetup

    init(_ setup: TrainingSetup) { self.setup = setup }

    func write(to path: String, step: Int, best: Float?, loss: Float?) throws(TrainingError) {
        let (recipe, stage) = (setup.recipe, setup.stage(ofStep: step))
        var metadata = [
            "network": recipe.network.rawValue, "name": recipe.name, "recipe": recipe.name,
            "photographs": "\(stage.plan.training.count)",
            "evaluation photographs": "\(stage.plan.evaluation.count)", "steps": "\(step)",
            "batch size": "\(stage.recipe.batchSize)", "size": "\(stage.recipe.size)",
            "program": "Autochrome \(Version.current)", "commit": Commit.current,
        ]
        metadata["evaluation loss"] = best.map { "\($0)" }
        metadata["loss"] = loss.map { "\($0)" }
        let facts = metadata
        try TrainingError.wrapping {
            var stored: [String: StoredTensor] = [:]
            for (name, tensor) in setup.inferenceTensors {
                stored[name] = try StoredTensor(tensor)
            }
            try Weights(file: path, tensors: stored, metadata: facts).write(to: path)
        }
    }
}
