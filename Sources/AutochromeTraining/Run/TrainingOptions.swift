package import Autochrome

/// Options of a training besides the recipe.
package struct TrainingOptions: Sendable {
    /// The data sets: folders of photographs, or tar archives of them.
    package var data: [String]
    /// The folder that everything is written to.
    package var run: String
    /// A file of weights to begin with.
    package var initial: String?
    /// Where to compute.
    package var device: Device
    /// Steps in all; nil for the recipe's epochs.
    package var steps: Int?

    /// Options with the given values; the others have their defaults.
    package init(
        data: [String], run: String, initial: String? = nil, device: Device = .automatic,
        steps: Int? = nil
    ) {
        self.data = data
        self.run = run
        self.initial = initial
        self.device = device
        self.steps = steps
    }
}
