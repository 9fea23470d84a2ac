/// Brings the encoder's features together, from the coarsest to stride 4.
struct ChromaDecoder<Value: NetworkValue> {
    private var context: ConvolutionUnit<Value>
    private var steps: [UpStep<Value>]
    private var refine: ConvolutionUnit<Value>

    init(_ parameters: Parameters<Value>, _ layout: ChromaLayout) throws(WeightsError) {
        let (skip, width) = (layout.encoder, layout.decoder)
        context = try Self.unit(
            parameters["context"], from: skip.stride32, to: width.stride32, kernel: 1)
        steps = [
            try UpStep(
                parameters["up4"], coarse: width.stride32, skip: skip.stride16,
                outputs: width.stride16),
            try UpStep(
                parameters["up3"], coarse: width.stride16, skip: skip.stride8,
                outputs: width.stride8),
            try UpStep(
                parameters["up2"], coarse: width.stride8, skip: skip.stride4,
                outputs: width.stride4),
        ]
        refine = try Self.unit(
            parameters["refine"], from: width.stride4, to: layout.refined, kernel: 3)
    }

    /// A stride that the decoder enlarges to.
    enum Stride: Int {
        case stride16, stride8, stride4
    }

    /// `[N, layout.refined, H/4, W/4]`
    func callAsFunction(
        _ features: Features<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        var x = try coarse(features, mode: mode)
        x = try enlarged(x, to: .stride8, features, mode: mode)
        x = try enlarged(x, to: .stride4, features, mode: mode)
        return try refined(x, mode: mode)
    }

    /// The features of stride 32, with their average, brought to stride 16.
    func coarse(
        _ features: Features<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        let x = try context(features.stride32, mode: mode)
        return try enlarged(x + x.globalAverage(), to: .stride16, features, mode: mode)
    }

    /// `x` at twice its size, with the encoder's features of that stride.
    func enlarged(
        _ x: Value, to stride: Stride, _ features: Features<Value>, mode: Mode
    ) throws(TensorError) -> Value {
        let skip =
            switch stride {
            case .stride16: features.stride16
            case .stride8: features.stride8
            case .stride4: features.stride4
            }
        return try steps[stride.rawValue](x, skip: skip, mode: mode)
    }

    /// The last layer, at stride 4.
    func refined(_ x: Value, mode: Mode) throws(TensorError) -> Value {
        try refine(x, mode: mode)
    }

    func folded() throws(TensorError) -> ChromaDecoder<Value> {
        var decoder = self
        decoder.context = try context.folded()
        for i in steps.indices { decoder.steps[i] = try steps[i].folded() }
        decoder.refine = try refine.folded()
        return decoder
    }

    /// A convolution without bias, its batch norm and ReLU.
    static func unit(
        _ parameters: Parameters<Value>, from inputs: Int, to outputs: Int, kernel: Int
    ) throws(WeightsError) -> ConvolutionUnit<Value> {
        let convolution = try Convolution(
            parameters["conv"], from: inputs, to: outputs, kernel: kernel, bias: false)
        let settings = BatchNormSettings(momentum: 0.1, epsilon: 1e-5)
        let norm = try BatchNorm(parameters["norm"], channels: outputs, settings)
        return ConvolutionUnit(convolution, norm, .relu)
    }
}
