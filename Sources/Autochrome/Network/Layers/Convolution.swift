/// A convolution of `[N, C, H, W]` with a square kernel.
struct Convolution<Value: NetworkValue> {
    /// Zeros at the left and top, and at the right and bottom.
    struct Padding: Equatable, Sendable {
        let before: Int
        let after: Int

        /// As many on either side as keep the size at stride 1.
        static func centered(kernel: Int) -> Padding {
            Padding(before: (kernel - 1) / 2, after: (kernel - 1) / 2)
        }

        /// TensorFlow's SAME for an even size: the odd zero of a stride of 2 goes to the end.
        static func same(kernel: Int, stride: Int) -> Padding {
            let total = kernel - stride
            return Padding(before: total / 2, after: total - total / 2)
        }
    }

    /// `[O, C / groups, K, K]`
    var weight: Value
    /// `[O]`
    var bias: Value?
    let stride: Int
    let padding: Padding
    let groups: Int

    init(
        _ parameters: Parameters<Value>, from inputs: Int, to outputs: Int, kernel: Int,
        stride: Int = 1,
        padding: Padding? = nil, groups: Int = 1, bias hasBias: Bool
    ) throws(WeightsError) {
        weight = try parameters.tensor("weight", [outputs, inputs / groups, kernel, kernel])
        bias = hasBias ? try parameters.tensor("bias", [outputs]) : nil
        self.stride = stride
        self.padding = padding ?? .centered(kernel: kernel)
        self.groups = groups
    }

    func callAsFunction(_ x: Value) throws(TensorError) -> Value {
        if padding.before == padding.after {
            return try x.convolved(
                with: weight, bias: bias, stride: stride, padding: padding.before, groups: groups)
        }
        return try x.padded(
            left: padding.before, right: padding.after, top: padding.before, bottom: padding.after
        ).convolved(with: weight, bias: bias, stride: stride, padding: 0, groups: groups)
    }
}
