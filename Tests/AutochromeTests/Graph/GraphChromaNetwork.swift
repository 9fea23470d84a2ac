import Autochrome

/// `ChromaNetwork` of version 0.1 over graphs: a network of real size to try them with.
struct GraphChromaNetwork {
    /// The weights by name.
    let weight: (String) throws -> GraphTensor

    /// What there is at each stage of EfficientNet-Lite0.
    private static let stages: [(kernel: Int, stride: Int, blocks: Int)] = [
        (3, 1, 1), (3, 2, 2), (5, 2, 2), (3, 2, 3), (5, 1, 3), (5, 2, 4), (3, 1, 1),
    ]

    /// The logits `[N, 261, H/4, W/4]` of L* `[N, 1, H, W]`.
    func logits(_ lightness: GraphTensor) throws -> GraphTensor {
        var x = try lightness.scaled(by: 2.55 / 128, plus: -127.0 / 128)
        x = try unit(x, "encoder.stem", kernel: 3, stride: 2).relu6()
        var (features, place): ([GraphTensor], Int) = ([], 0)
        for stage in Self.stages {
            for block in 0..<stage.blocks {
                x = try self.block(
                    x, "encoder.blocks.\(place)", kernel: stage.kernel,
                    stride: block == 0 ? stage.stride : 1, isFirst: place == 0)
                place += 1
            }
            features.append(x)
        }
        x = try simple(features[6], "decoder.context")
        x = try x + x.globalAverage()
        for (name, skip) in [("up4", features[4]), ("up3", features[2]), ("up2", features[1])] {
            let enlarged = try simple(x, "decoder.\(name).lateral").resized(like: skip)
            x = try simple(enlarged + simple(skip, "decoder.\(name).skip"), "decoder.\(name).fuse")
        }
        x = try simple(x, "decoder.refine")
        return try x.convolved(with: weight("head.weight"), bias: weight("head.bias"))
    }

    /// a*b* `[N, 2, h, w]` of logits.
    func colours(_ logits: GraphTensor, vividness: Double) throws -> GraphTensor {
        let taken = try weight("color_weights").logarithm() * (1 - vividness)
        let shares = try ((logits - taken.reshaped(to: [261, 1, 1])) / 0.38).softmax()
        return try weight("color_bins").transposed().matrixProduct(shares.flattened())
            .unflattened(like: logits)
    }

    private func block(
        _ x: GraphTensor, _ name: String, kernel: Int, stride: Int, isFirst: Bool
    ) throws -> GraphTensor {
        let wide = isFirst ? x : try unit(x, name + ".expand", kernel: 1).relu6()
        let deep = try unit(
            wide, name + ".depthwise", kernel: kernel, stride: stride, groups: wide.shape[1]
        ).relu6()
        let y = try unit(deep, name + ".project", kernel: 1)
        return stride == 1 && y.shape[1] == x.shape[1] ? try x + y : y
    }

    /// A convolution as TensorFlow pads it, with its batch norm in it.
    private func unit(
        _ x: GraphTensor, _ name: String, kernel: Int, stride: Int = 1, groups: Int = 1
    ) throws -> GraphTensor {
        let (weight, bias) = try folded(name, epsilon: 1e-3)
        let total = kernel - stride
        guard total % 2 == 1 else {
            return try x.convolved(
                with: weight, bias: bias, stride: stride, padding: total / 2, groups: groups)
        }
        let (before, after) = (total / 2, total - total / 2)
        return try x.padded(left: before, right: after, top: before, bottom: after)
            .convolved(with: weight, bias: bias, stride: stride, groups: groups)
    }

    private func simple(_ x: GraphTensor, _ name: String) throws -> GraphTensor {
        let (weight, bias) = try folded(name, epsilon: 1e-5)
        return try x.convolved(with: weight, bias: bias, padding: weight.shape[2] / 2).relu()
    }

    private func folded(
        _ name: String, epsilon: Double
    ) throws -> (weight: GraphTensor, bias: GraphTensor) {
        let kernel = try weight(name + ".conv.weight")
        let factor =
            try weight(name + ".norm.weight")
            / (weight(name + ".norm.running_var") + epsilon).squareRoot()
        let bias = try weight(name + ".norm.bias") - weight(name + ".norm.running_mean") * factor
        return (try kernel * factor.reshaped(to: [kernel.shape[0], 1, 1, 1]), bias)
    }
}
