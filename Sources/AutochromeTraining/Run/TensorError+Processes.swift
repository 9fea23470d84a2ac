internal import Autochrome

extension TensorError {
    /// Whether another process that is gone can be behind it: in what is computed over processes,
    /// in gradients, which go through that, and where a GPU, which computes later, is waited for.
    var canComeFromOtherProcess: Bool {
        guard case .invalid(let operation, _, _) = self else { return false }
        return ["processes", "gradient", "reading a tensor", "synchronizing"].contains {
            operation.contains($0)
        }
    }
}
