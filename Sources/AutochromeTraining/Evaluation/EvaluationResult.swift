/// What measuring gave, photograph by photograph.
package struct EvaluationResult: Sendable {
    /// The models, in the order given.
    package let models: [EvaluatedModel]
    /// The colourfulnesses at which models are compared; empty for those that suit them.
    package let colorfulnesses: [Double]
    /// Whether the models that listen had each photograph's own palette.
    package let usesTruePalette: Bool
    /// In the order of the photographs given.
    package internal(set) var records: [PhotoRecord] = []
    /// Photographs that have no colours to compare with.
    package internal(set) var grey: [String] = []
    /// Photographs that could not be measured: sentences that name them.
    package internal(set) var problems: [String] = []
    /// By model, the most memory the process had resident while it coloured, in bytes.
    package internal(set) var peakMemory: [Int] = []

    init(models: [EvaluatedModel], colorfulnesses: [Double], usesTruePalette: Bool) {
        (self.models, self.colorfulnesses) = (models, colorfulnesses)
        self.usesTruePalette = usesTruePalette
    }
}
