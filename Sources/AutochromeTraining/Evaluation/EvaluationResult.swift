/// What measuring gave, photograph by photograph.
package struct EvaluationResult: Sendable {
    /// The models, in the order given.
    package let models: [EvaluatedModel]
    /// In the order of the photographs given.
    package internal(set) var records: [PhotoRecord] = []
    /// Photographs that have no colours to compare with.
    package internal(set) var grey: [String] = []
    /// Photographs that could not be measured: sentences that name them.
    package internal(set) var problems: [String] = []
    /// By model, the most memory the process had resident while it coloured, in bytes.
    package internal(set) var peakMemory: [Int] = []

    init(models: [EvaluatedModel]) { self.models = models }
}
