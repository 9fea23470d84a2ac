/// Brings the encoder's features together, from the coarsest to stride 4.
struct ChromaDecoder {
    private var context: ConvolutionUnit
    private var steps: [UpStep]
    private var refine: ConvolutionUnit

    init(_ parameters: Parameters, _ layout: ChromaLayout) throws(WeightsError) {
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

    /// `[N, layout.refined, H/4, W/4]`
    func callAsFunction(_ features: ChromaEncoder.Features, mode: Mode) throws(TensorError)
        -> Tensor
    {
        var x = try context(features.stride32, mode: mode)
        x = try x + x.globalAverage()
        for (step, skip) in zip(steps, [features.stride16, features.stride8, features.stride4]) {
            x = try step(x, skip: skip, mode: mode)
        }
        return try refine(x, mode: mode)
    }

    func folded() throws(TensorError) -> ChromaDecoder {
        var decoder = self
        decoder.context = try context.folded()
        for i in steps.indices { decoder.steps[i] = try steps[i].folded() }
        decoder.refine = try refine.folded()
        return decoder
    }

    /// A convolution without bias, its batch norm and ReLU.
    static func unit(
        _ parameters: Parameters, from inputs: Int, to outputs: Int, kernel: Int
    ) throws(WeightsError) -> ConvolutionUnit {
        let convolution = try Convolution(
            parameters["conv"], from: inputs, to: outputs, kernel: kernel, bias: false)
        let settings = BatchNorm.Settings(momentum: 0.1, epsilon: 1e-5)
        let norm = try BatchNorm(parameters["norm"], channels: outputs, settings)
        return ConvolutionUnit(convolution, norm, .relu)
    }
}
