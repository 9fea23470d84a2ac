/// A network on libtorch.
struct TensorEngine: ColorEngine {
    static var library: EngineLibrary { .libtorch }

    private let model: ColorModel<Tensor>
    private let device: Device

    /// The network of these weights.
    ///
    /// - Throws: `WeightsError`, also where libtorch or the device is missing.
    init(_ weights: Weights, on device: Device) throws(WeightsError) {
        self.device = try WeightsError.wrapping { () throws(TensorError) in
            try device.resolved()
        }
        model = try ColorModel(weights, on: self.device)
    }

    var network: any Network.Type { type(of: model.network) }

    var secondLook: TensorEngine? { model.looks == 2 ? self : nil }

    func value(_ floats: [Float], shape: [Int]) throws(TensorError) -> Tensor {
        try Tensor.values(floats, shape: shape, on: device)
    }

    func array(_ value: Tensor) throws(TensorError) -> NumberArray {
        try NumberArray(value.floats(), shape: value.shape)
    }

    func features(of lightness: Tensor) throws(TensorError) -> [Tensor] {
        try withoutGradient { () throws(TensorError) in
            try model.features(of: lightness)
        }
    }

    func output(
        from features: [Tensor], hints: Tensor?, palette: Tensor?
    ) throws(TensorError) -> Tensor {
        try withoutGradient { () throws(TensorError) in
            try model.output(from: features, Guidance(hints: hints, palette: palette))
        }
    }

    func averaged(_ first: Tensor, _ second: Tensor) throws(TensorError) -> Tensor {
        try withoutGradient { () throws(TensorError) in try model.averaged(first, second) }
    }

    func colors(from logits: Tensor, vividness: Double) throws(TensorError) -> Tensor {
        try withoutGradient { () throws(TensorError) in
            try model.colors(from: logits, vividness: .number(vividness, like: logits))
        }
    }
}
