import Autochrome
import Testing

/// Gradients of depthwise convolutions, which the shim puts together itself where oneDNN is slow,
/// beside those of one convolution a channel, which libtorch computes.
@Suite struct DepthwiseTests {
    private static func noise(_ shape: [Int], k: Int) throws -> Tensor {
        let count = shape.reduce(1, *)
        return try Tensor.values(
            (0..<count).map { Float(ResNetTests.noise($0, k: k)) }, shape: shape)
    }

    /// The output and the gradients of sum(y * y) for input and weight.
    private static func gradients(
        _ x: Tensor, _ weight: Tensor, _ body: (Tensor, Tensor) throws -> Tensor
    ) throws -> [[Float]] {
        try x.requireGradient()
        try weight.requireGradient()
        try Tensor.clearGradients(of: [x, weight])
        let y = try body(x, weight)
        try (y * y).sum().backward()
        return [try y.floats(), try x.gradient().floats(), try weight.gradient().floats()]
    }

    @Test(arguments: [(3, 2, 0, 17), (3, 2, 1, 16), (5, 1, 2, 13), (5, 2, 0, 18), (5, 2, 2, 15)])
    func `gradients are those of a convolution a channel`(
        kernel: Int, stride: Int, padding: Int, side: Int
    ) throws {
        let channels = 6
        let x = try Self.noise([2, channels, side, side + 3], k: 1)
        let weight = try Self.noise([channels, 1, kernel, kernel], k: 2)
        let together = try Self.gradients(x, weight) { x, weight in
            try x.convolved(
                with: weight, bias: nil, stride: stride, padding: padding, groups: channels)
        }
        let apart = try Self.gradients(x, weight) { x, weight in
            var planes: Tensor?
            for channel in 0..<channels {
                let plane = try x.narrowed(dimension: 1, to: channel..<channel + 1)
                    .convolved(
                        with: weight.narrowed(dimension: 0, to: channel..<channel + 1), bias: nil,
                        stride: stride, padding: padding)
                planes = try planes.map { try $0.concatenated(with: plane, along: 1) } ?? plane
            }
            return try #require(planes)
        }
        for (found, expected) in zip(together, apart) {
            expectClose(found, expected, within: 1e-5, relative: true)
        }
    }
}
