import Autochrome
import Testing

/// Training's quick way of convolving, beside the plain one.
@Suite struct WinogradTests {
    private static func noise(_ shape: [Int], _ seed: UInt64) throws -> Tensor {
        var state = seed
        let values = (0..<shape.reduce(1, *)).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
        }
        return try Tensor.values(values, shape: shape)
    }

    /// Output and gradients; the plain way where the zeros are put around beforehand.
    private static func results(isQuick: Bool) throws -> [[Float]] {
        // Sides that are no multiples of the tiles' four.
        let x = try noise([2, 257, 63, 66], 1)
        let (weight, bias) = (try noise([256, 257, 3, 3], 2), try noise([256], 3))
        for tensor in [x, weight, bias] { try tensor.requireGradient() }
        let output =
            isQuick
            ? try x.convolved(with: weight, bias: bias, padding: 1)
            : try x.padded(left: 1, right: 1, top: 1, bottom: 1).convolved(with: weight, bias: bias)
        try (output * noise(output.shape, 4)).mean().backward()
        return try [output, x.gradient(), weight.gradient(), bias.gradient()].map {
            try $0.floats()
        }
    }

    @Test func `outputs and gradients are those of the plain sum`() throws {
        let quick = try Self.results(isQuick: true)
        let plain = try Self.results(isQuick: false)
        #expect(quick != plain)
        for (found, expected) in zip(quick, plain) {
            let largest = expected.map(\.magnitude).max() ?? 0
            // Rounding of the transforms: 1.5e-6 of the root mean square, and some times that at
            // the worst of a million places.
            expectClose(found, expected, within: 1e-5 * largest)
        }
    }

    @Test func `without gradients the plain sum is made`() throws {
        let x = try Self.noise([2, 257, 63, 66], 1)
        let weight = try Self.noise([256, 257, 3, 3], 2)
        try weight.requireGradient()
        let (inference, plain) = try withoutGradient { () throws(TensorError) in
            (
                try x.convolved(with: weight, bias: nil, padding: 1).floats(),
                try x.padded(left: 1, right: 1, top: 1, bottom: 1)
                    .convolved(with: weight, bias: nil).floats()
            )
        }
        expectClose(inference, plain, within: 1e-3)
        let training = try x.convolved(with: weight, bias: nil, padding: 1).floats()
        #expect(training != inference)
    }
}
