internal import CTorch

/// Activation function of a layer.
package enum Activation: Sendable {
    case none
    /// max(x, 0)
    case relu
    /// min(max(x, 0), 6)
    case relu6

    /// The activation as the shim numbers it.
    var code: Int32 {
        let code =
            switch self {
            case .none: CTORCH_ACTIVATION_NONE
            case .relu: CTORCH_ACTIVATION_RELU
            case .relu6: CTORCH_ACTIVATION_RELU6
            }
        return Int32(code.rawValue)
    }
}
