package import Autochrome

/// Reason why training cannot start or continue, as a sentence.
package enum TrainingError: Error, Sendable {
    /// The recipe is invalid.
    case recipe(file: String, reason: String)
    /// The photographs cannot be used.
    case data(String)
    /// Options that do not fit each other or the run.
    case options(String)
    /// A loss, its gradients or a weight, not a number or infinite; `what` as in "The loss". Of the
    /// photographs those that made it, where they are few; and whether there is a checkpoint.
    case notFinite(
        _ what: String, value: Double, step: Int, photographs: [String], hasCheckpoint: Bool)
    /// Memory ran out at this batch size.
    case outOfMemory(batchSize: Int, reason: String)
    /// Another process of this training is gone, or does not answer.
    case processes(String)
    /// A file of the run cannot be read or written.
    case file(path: String, reason: String)
    /// A file of weights cannot be read or written, or is not of this network.
    case weights(WeightsError)
    /// An operation on tensors failed.
    case tensor(TensorError)
}

extension TrainingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .recipe(let file, let reason): return "\(file): \(reason)"
        case .data(let sentence), .options(let sentence), .processes(let sentence):
            return sentence
        case .notFinite(let what, let value, let step, let photographs, let hasCheckpoint):
            let names = photographs.joined(separator: ", ")
            return "\(what) of step \(step) is \(value)"
                + (names.isEmpty ? "" : ", with these photographs: \(names)")
                + (hasCheckpoint ? ". The last checkpoint is kept; try" : ". Try")
                + " a lower --learning-rate."
        case .outOfMemory(let batchSize, let reason):
            let advice =
                batchSize > 1
                ? "try --batch-size \(batchSize / 2)" : "try a smaller --size"
            return "Not enough memory for a batch of \(batchSize); \(advice). \(reason)"
        case .file(let path, let reason): return "\(path): \(reason)."
        case .weights(let error): return error.description
        case .tensor(let error): return error.description
        }
    }

    /// Runs `body` and puts its error into a case of this type.
    static func wrapping<Result>(
        _ body: () throws -> Result
    ) throws(TrainingError) -> Result {
        do {
            return try body()
        } catch let error as TrainingError {
            throw error
        } catch let error as WeightsError {
            throw .weights(error)
        } catch let error as TensorError {
            throw .tensor(error)
        } catch {
            throw .data("\(error)")
        }
    }
}
