import Autochrome

extension GraphOperation {
    static let reductions = [
        GraphOperation(
            "mean", [picture], { try $0[0].mean(over: [2, -1]) },
            torch: { try $0[0].mean(over: [2, 3]) }),
        GraphOperation(
            "mean of all", [picture], { try $0[0].mean().reshaped(to: [1]) },
            torch: { try $0[0].mean().reshaped(to: [1]) }),
        GraphOperation(
            "sum, dimensions kept", [picture],
            { try $0[0].sum(over: [1], keepingDimensions: true) },
            torch: { try $0[0].sum(over: [1], keepingDimensions: true) }),
        GraphOperation(
            "sum over two dimensions", [picture], { try $0[0].sum(over: [0, 3]) },
            torch: { try $0[0].sum(over: [0, 3]) }),
        GraphOperation(
            "maximum", [picture], { try $0[0].maximum(over: [1], keepingDimensions: true) },
            expected: { x in
                let shape = x[0].shape
                return try NumberArray(shape: [shape[0], 1, shape[2], shape[3]]) { place in
                    (0..<4).map { x[0][place[0], $0, place[2], place[3]] }.max() ?? 0
                }
            }),
        GraphOperation(
            "global average", [picture], { try $0[0].globalAverage() },
            torch: { try $0[0].globalAverage() }),
        GraphOperation(
            "softmax", [picture], { try ($0[0] * 9).softmax() },
            torch: { try ($0[0] * 9).softmax() }),
        GraphOperation(
            "softmax over the last", [picture], { try $0[0].softmax(over: -1) },
            torch: { try $0[0].softmax(over: 3) }),
        GraphOperation(
            "log-softmax", [picture], { try ($0[0] * 9).logSoftmax() },
            torch: { try ($0[0] * 9).logSoftmax() }),
    ]
}
