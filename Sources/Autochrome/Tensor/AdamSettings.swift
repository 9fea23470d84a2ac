internal import CTorch

/// The numbers of Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019).
package struct AdamSettings: Sendable, Equatable {
    /// Learning rate.
    package var learningRate: Double
    /// The share of the old in the mean of the gradients.
    package var beta1: Double
    /// The share of the old in the mean of their squares.
    package var beta2: Double
    /// Term that keeps the divisor from zero.
    package var epsilon: Double
    /// By how much weights shrink in a step; with AdamW, times the rate.
    package var weightDecay: Double
    /// Whether the decay is apart from the gradient, as AdamW has it.
    package var isDecoupled: Bool

    /// Adam without decay, unless it is given.
    package init(
        learningRate: Double, beta1: Double, beta2: Double, epsilon: Double,
        weightDecay: Double = 0, isDecoupled: Bool = false
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.isDecoupled = isDecoupled
    }

    /// Moves tensors one step against their gradients.
    ///
    /// - Parameters:
    ///   - tensors: what is learnt; changed in place
    ///   - firstMoments: running means of the gradients, in the order of `tensors`; updated in place
    ///   - secondMoments: the same of the gradients' squares
    ///   - step: 1 for the first, which corrects the moments' beginning at zero
    package func move(
        _ tensors: [Tensor], firstMoments: [Tensor], secondMoments: [Tensor], step: Int
    ) throws(TensorError) {
        var settings = ctorch_adam(
            step: Int64(step), learning_rate: learningRate, beta1: beta1, beta2: beta2,
            epsilon: epsilon, weight_decay: weightDecay, decoupled: isDecoupled ? 1 : 0)
        try Torch.perform("Adam", []) { table, error in
            Torch.withList(tensors) { list in
                Torch.withList(firstMoments) { first in
                    Torch.withList(secondMoments) { second in
                        table.pointee.adam(list, first, second, &settings, error)
                    }
                }
            }
        }
    }
}
