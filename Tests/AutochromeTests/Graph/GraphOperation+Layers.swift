import Autochrome
import Foundation

extension GraphOperation {
    static let layers = convolutions + norms + activations

    private static let convolutions = [
        GraphOperation(
            "convolution", [picture],
            { try $0[0].convolved(with: .weights(6, 4, 3, 3), bias: .weights(6), padding: 1) },
            torch: {
                try $0[0].convolved(with: .weights(6, 4, 3, 3), bias: .weights(6), padding: 1)
            }),
        GraphOperation(
            "convolution in groups, stride 2, without bias", [picture],
            {
                try $0[0].convolved(
                    with: .weights(4, 1, 5, 5), bias: nil, stride: 2, padding: 2, groups: 4)
            },
            torch: {
                try $0[0].convolved(
                    with: .weights(4, 1, 5, 5), bias: nil, stride: 2, padding: 2, groups: 4)
            }),
        GraphOperation(
            "convolution, padded on one side", [picture],
            {
                try $0[0].padded(right: 1, bottom: 1)
                    .convolved(with: .weights(2, 4, 3, 3), bias: nil, stride: 2)
            },
            torch: {
                try $0[0].padded(right: 1, bottom: 1)
                    .convolved(with: .weights(2, 4, 3, 3), bias: nil, stride: 2)
            }),
        GraphOperation(
            "transposed convolution", [picture],
            {
                try $0[0].transposedConvolved(
                    with: .weights(4, 3, 4, 4), bias: .weights(3), stride: 2, padding: 1)
            },
            torch: {
                try $0[0].transposedConvolved(
                    with: .weights(4, 3, 4, 4), bias: .weights(3), stride: 2, padding: 1)
            }),
        GraphOperation(
            "max pooling", [picture], { try $0[0].maxPooled(by: 2) },
            expected: { x in
                let shape = x[0].shape
                return try NumberArray(
                    shape: [shape[0], 4, shape[2] / 2, shape[3] / 2]
                ) { place in
                    (0..<4).map { i in
                        x[0][place[0], place[1], 2 * place[2] + i / 2, 2 * place[3] + i % 2]
                    }.max() ?? 0
                }
            }),
    ]

    private static let norms = [
        GraphOperation(
            "batch normalization", [picture],
            { x in
                let four = try GraphTensor.weights(4)
                return try x[0].batchNormalized(
                    weight: four, bias: four + 2, runningMean: four * 3,
                    runningVariance: four * four, training: false, momentum: 0.1, epsilon: 1e-3)
            },
            torch: { x in
                let four = try Tensor.weights(4)
                return try x[0].batchNormalized(
                    weight: four, bias: four + 2, runningMean: four * 3,
                    runningVariance: four * four, training: false, momentum: 0.1, epsilon: 1e-3)
            }),
        GraphOperation(
            "layer normalization", [["N", "H", 24]],
            {
                try $0[0].layerNormalized(
                    weight: .weights(24), bias: .weights(24) + 1, epsilon: 1e-5)
            },
            torch: { x in
                let centered = try x[0] - x[0].mean(over: [2], keepingDimensions: true)
                let variance = try (centered * centered).mean(over: [2], keepingDimensions: true)
                return try centered / (variance + 1e-5).squareRoot() * .weights(24)
                    + (.weights(24) + 1)
            }),
    ]

    private static let activations = [
        GraphOperation("ReLU", [picture], { try $0[0].relu() }, torch: { try $0[0].relu() }),
        GraphOperation(
            "ReLU6", [picture], { try ($0[0] * 9).relu6() }, torch: { try ($0[0] * 9).relu6() }),
        GraphOperation(
            "GELU", { try ($0 * 4).gelu() }, each: { 2 * $0 * (1 + erf(4 * $0 / sqrt(2))) }),
        GraphOperation("softplus", { try ($0 * 9).softplus() }, each: { log1p(exp(9 * $0)) }),
    ]
}
