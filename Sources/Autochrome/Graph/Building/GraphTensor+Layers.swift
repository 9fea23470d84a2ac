#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// What the layers of the networks compute.
extension GraphTensor {
    /// The convolution of `[N, C, H, W]` with `weight` `[O, C / groups, K, K]`, as the field calls
    /// the cross-correlation; `padding` zeros are taken to lie on each side.
    package func convolved(
        with weight: GraphTensor, bias: GraphTensor?, stride: Int = 1, padding: Int = 0,
        groups: Int = 1
    ) throws(TensorError) -> GraphTensor {
        let kernel = weight.shape
        guard shape.count == 4, kernel.count == 4, stride > 0, padding >= 0, groups > 0,
            shape[1] == kernel[1] * groups, kernel[0] % groups == 0
        else { throw Self.misfit("convolution", self, weight) }
        let sides = (2..<4).map { i in
            shape[i] < 0 ? Self.free : (shape[i] + 2 * padding - kernel[i]) / stride + 1
        }
        let node = GraphNode(
            "Conv",
            [
                "kernel_shape": .integers([kernel[2], kernel[3]]),
                "strides": .integers([stride, stride]),
                "pads": .integers([padding, padding, padding, padding]),
                "group": .integer(groups),
            ])
        return try Graph.add(
            node, to: [self, weight] + (bias.map { [$0] } ?? []),
            shape: [shape[0], kernel[0]] + sides, named: "convolution")
    }

    /// The transposed convolution of `[N, C, H, W]` with `weight` `[C, O, K, K]`: every pixel
    /// spreads over K x K, `stride` apart, and `padding` is cut from each side.
    package func transposedConvolved(
        with weight: GraphTensor, bias: GraphTensor?, stride: Int, padding: Int
    ) throws(TensorError) -> GraphTensor {
        let kernel = weight.shape
        guard shape.count == 4, kernel.count == 4, stride > 0, padding >= 0, shape[1] == kernel[0]
        else { throw Self.misfit("transposed convolution", self, weight) }
        let sides = (2..<4).map { i in
            shape[i] < 0 ? Self.free : (shape[i] - 1) * stride - 2 * padding + kernel[i]
        }
        let node = GraphNode(
            "ConvTranspose",
            [
                "kernel_shape": .integers([kernel[2], kernel[3]]),
                "strides": .integers([stride, stride]),
                "pads": .integers([padding, padding, padding, padding]),
            ])
        return try Graph.add(
            node, to: [self, weight] + (bias.map { [$0] } ?? []),
            shape: [shape[0], kernel[1]] + sides, named: "transposed convolution")
    }

    /// Batch normalization (Ioffe and Szegedy, 2015) of `[N, C, H, W]` by the running statistics,
    /// which comes down to a factor and an addend for every channel.
    ///
    /// - Throws: `TensorError.invalid` when `training`, which a graph does not.
    package func batchNormalized(
        weight: GraphTensor, bias: GraphTensor, runningMean: GraphTensor,
        runningVariance: GraphTensor, training: Bool, populationVariance: Bool = false,
        momentum: Double, epsilon: Double
    ) throws(TensorError) -> GraphTensor {
        guard !training, shape.count == 4, weight.shape == [shape[1]] else {
            throw .invalid(
                operation: "batch normalization", shapes: [shape, weight.shape],
                reason: training ? "graphs do not support training" : "the channels differ")
        }
        let factor = try weight / (runningVariance + epsilon).squareRoot()
        let addend = try bias - runningMean * factor
        let channels = [shape[1], 1, 1]
        return try self * factor.reshaped(to: channels) + addend.reshaped(to: channels)
    }

    /// Layer normalization (Ba et al., 2016): over the last dimension to mean 0 and variance 1,
    /// then times `weight` plus `bias`, `[size of the last dimension]` both.
    package func layerNormalized(
        weight: GraphTensor, bias: GraphTensor, epsilon: Double
    ) throws(TensorError) -> GraphTensor {
        guard let last = shape.last, weight.shape == [last], bias.shape == [last] else {
            throw Self.misfit("layer normalization", self, weight)
        }
        let node = GraphNode(
            "LayerNormalization", ["axis": .integer(-1), "epsilon": .number(Float(epsilon))])
        return try Graph.add(
            node, to: [self, weight, bias], shape: shape, named: "layer normalization")
    }

    /// max(x, 0)
    package func relu() throws(TensorError) -> GraphTensor {
        try mapped("Relu", "ReLU") { max($0, 0) }
    }

    /// min(max(x, 0), 6)
    package func relu6() throws(TensorError) -> GraphTensor {
        if let folded = constant?.map({ min(max($0, 0), 6) }) { return GraphTensor(folded) }
        return try Graph.add(
            GraphNode("Clip"), to: [self, Self.number(0), Self.number(6)], shape: shape,
            named: "ReLU6")
    }

    /// x times the share of a normal distribution that is less than x (Hendrycks and Gimpel,
    /// 2016), exactly: x (1 + erf(x / sqrt 2)) / 2.
    package func gelu() throws(TensorError) -> GraphTensor {
        try self * (self / 2.0.squareRoot()).errorFunction().scaled(by: 0.5, plus: 0.5)
    }

    /// ln(1 + exp x), a smooth max(x, 0).
    package func softplus() throws(TensorError) -> GraphTensor {
        // max(x, 0) + ln(1 + exp -|x|), which does not overflow
        try mapped("Softplus", "softplus") { max($0, 0) + Float(log1p(exp(-abs(Double($0))))) }
    }

    /// The largest of every `size` x `size` places of `[N, C, H, W]`; a rest at the right and at the
    /// bottom is left out.
    package func maxPooled(by size: Int) throws(TensorError) -> GraphTensor {
        try require(rank: 4, "max pooling")
        guard size > 0 else {
            throw .invalid(
                operation: "max pooling", shapes: [shape], reason: "the size is \(size)")
        }
        let node = GraphNode(
            "MaxPool",
            ["kernel_shape": .integers([size, size]), "strides": .integers([size, size])])
        return try Graph.add(
            node, to: [self], shape: shape[..<2] + shape[2...].map { $0 < 0 ? $0 : $0 / size },
            named: "max pooling")
    }

    private func errorFunction() throws(TensorError) -> GraphTensor {
        try mapped("Erf", "error function") { Float(erf(Double($0))) }
    }

    private static func misfit(
        _ operation: String, _ a: GraphTensor, _ b: GraphTensor
    ) -> TensorError {
        .invalid(
            operation: operation, shapes: [a.shape, b.shape],
            reason: "these shapes, or the stride, padding or groups, do not fit")
    }
}
