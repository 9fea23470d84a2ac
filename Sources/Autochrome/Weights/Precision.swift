/// Storage precision of the weights.
public enum Precision: String, CaseIterable, Sendable {
    /// Weights of convolutions in fp16, the small rest (biases, batch norm, colour tables) in
    /// float32. Half the size; it is computed in float32 all the same.
    case fp16
    /// Everything in float32.
    case fp32

    /// The precision as text for the metadata of a file.
    var explanation: String {
        switch self {
        case .fp16: "convolution weights fp16, all else float32"
        case .fp32: "float32"
        }
    }
}

extension Weights {
    /// The same weights, stored in another precision.
    ///
    /// - Throws: `WeightsError.tooLarge` when a weight does not fit fp16.
    package func converted(to precision: Precision) throws(WeightsError) -> Weights {
        var converted = self
        converted.metadata["precision"] = precision.explanation
        for (name, tensor) in tensors where tensor.scalarType != .int64 {
            if precision == .fp16, Self.isConvolutionWeight(name, tensor) {
                guard let half = tensor.halved() else {
                    let largest = tensor.floats().map(abs).max() ?? 0
                    throw .tooLarge(tensor: name, value: largest)
                }
                converted.tensors[name] = half
            } else if tensor.scalarType != .float32 {
                converted.tensors[name] = StoredTensor(tensor.floats(), shape: tensor.shape)
            }
        }
        return converted
    }

    /// The precision the weights are stored in, or nil when it is neither.
    package var precision: Precision? {
        let types = Set(tensors.filter(Self.isConvolutionWeight).map(\.value.scalarType))
        if types == [.float16] { return .fp16 }
        return types == [.float32] ? .fp32 : nil
    }

    private static func isConvolutionWeight(_ name: String, _ tensor: StoredTensor) -> Bool {
        name.hasSuffix(".weight") && tensor.shape.count > 1
    }
}
