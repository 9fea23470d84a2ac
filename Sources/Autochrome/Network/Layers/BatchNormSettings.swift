/// The numbers of a batch normalization that are chosen, not learned.
package struct BatchNormSettings: Sendable {
    /// The share by which the running statistics move towards a batch's.
    package let momentum: Double
    /// Term that keeps the variance from zero.
    package let epsilon: Double
    /// Whether the running variance gathers the population's (n) or a sample's (n - 1).
    package let populationVariance: Bool

    /// Numbers that the layer keeps to.
    package init(momentum: Double, epsilon: Double, populationVariance: Bool = false) {
        self.momentum = momentum
        self.epsilon = epsilon
        self.populationVariance = populationVariance
    }
}
