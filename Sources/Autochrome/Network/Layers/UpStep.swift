/// One step of the decoder to twice the size: coarse features, enlarged, plus those of the encoder
/// at that size (Lin et al., 2017, "Feature Pyramid Networks").
struct UpStep<Value: NetworkValue> {
    private var lateral: ConvolutionUnit<Value>
    private var skip: ConvolutionUnit<Value>
    private var fuse: ConvolutionUnit<Value>

    init(
        _ parameters: Parameters<Value>, coarse: Int, skip: Int, outputs: Int
    ) throws(WeightsError) {
        lateral = try ChromaDecoder.unit(
            parameters["lateral"], from: coarse, to: outputs, kernel: 1)
        self.skip = try ChromaDecoder.unit(parameters["skip"], from: skip, to: outputs, kernel: 1)
        fuse = try ChromaDecoder.unit(parameters["fuse"], from: outputs, to: outputs, kernel: 3)
    }

    /// `[N, coarse, H/2, W/2]` and `[N, skip, H, W]` to `[N, outputs, H, W]`.
    func callAsFunction(
        _ coarse: Value, skip features: Value, mode: Mode
    ) throws(TensorError) -> Value {
        let enlarged = try lateral(coarse, mode: mode).resized(like: features)
        return try fuse(enlarged + skip(features, mode: mode), mode: mode)
    }

    func folded() throws(TensorError) -> UpStep<Value> {
        var step = self
        step.lateral = try lateral.folded()
        step.skip = try skip.folded()
        step.fuse = try fuse.folded()
        return step
    }
}
