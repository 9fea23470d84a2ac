/// A block of EfficientNet-Lite (Sandler et al., 2018, "MobileNetV2"): `expand` 1 x 1, `depthwise`
/// K x K, `project` 1 x 1 without activation; the input is added where its shape stays.
struct InvertedResidual<Value: NetworkValue> {
    /// Dimensions of a block.
    struct Layout {
        let kernel: Int
        let stride: Int
        let inputs: Int
        let outputs: Int
        let expansion: Int

        var addsInput: Bool { stride == 1 && inputs == outputs }
    }

    private var expand: ConvolutionUnit<Value>?
    private var depthwise: ConvolutionUnit<Value>
    private var project: ConvolutionUnit<Value>
    private let addsInput: Bool

    init(_ parameters: Parameters<Value>, _ layout: Layout) throws(WeightsError) {
        let wide = layout.inputs * layout.expansion
        if layout.expansion > 1 {
            expand = try ChromaEncoder.unit(
                parameters["expand"], from: layout.inputs, to: wide, kernel: 1, .relu6)
        }
        depthwise = try ChromaEncoder.unit(
            parameters["depthwise"], from: wide, to: wide, kernel: layout.kernel,
            stride: layout.stride, groups: wide, .relu6)
        project = try ChromaEncoder.unit(
            parameters["project"], from: wide, to: layout.outputs, kernel: 1, .none)
        addsInput = layout.addsInput
    }

    func callAsFunction(_ x: Value, mode: Mode) throws(TensorError) -> Value {
        let wide = if let expand { try expand(x, mode: mode) } else { x }
        let y = try project(depthwise(wide, mode: mode), mode: mode)
        return addsInput ? try x + y : y
    }

    func folded() throws(TensorError) -> InvertedResidual<Value> {
        var block = self
        if let expand { block.expand = try expand.folded() }
        block.depthwise = try depthwise.folded()
        block.project = try project.folded()
        return block
    }
}
