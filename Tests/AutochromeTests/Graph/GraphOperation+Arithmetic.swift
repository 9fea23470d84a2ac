import Autochrome

extension GraphOperation {
    static let all = arithmetic + layers + reductions + shapes + places

    static let picture: [GraphSize] = ["N", 4, "H", "W"]

    private static let arithmetic = [
        GraphOperation(
            "sum", [picture, picture], { try $0[0] + $0[1] }, torch: { try $0[0] + $0[1] }),
        GraphOperation(
            "difference, stretched", [picture, [4, 1, "W"]], { try $0[0] - $0[1] },
            torch: { try $0[0] - $0[1] }),
        GraphOperation(
            "product, stretched both ways", [["N", 1, "H", "W"], [4, 1, 1]],
            { try $0[0] * $0[1] }, torch: { try $0[0] * $0[1] }),
        GraphOperation(
            "quotient", [picture, picture], { try $0[0] / ($0[1] * $0[1] + 1) },
            torch: { try $0[0] / ($0[1] * $0[1] + 1) }),
        GraphOperation(
            "operations with numbers", [picture],
            { try (($0[0] * 3 - 1) / 7 + 2).scaled(by: 0.5, plus: -4) },
            torch: { try (($0[0] * 3 - 1) / 7 + 2).scaled(by: 0.5, plus: -4) }),
        GraphOperation(
            "square root and logarithm", [picture],
            { try (($0[0] + 1.5).squareRoot() + 1).logarithm() },
            torch: { try (($0[0] + 1.5).squareRoot() + 1).logarithm() }),
        GraphOperation(
            "matrix product", [["N", 4, "H", 6], ["N", 4, 6, "W"]],
            { try $0[0].matrixProduct($0[1]) }, torch: { try $0[0].matrixProduct($0[1]) }),
        GraphOperation(
            "matrix product with a constant", [["N", "H", 6]],
            { try $0[0].matrixProduct(.weights(6, 5)) },
            torch: { try $0[0].matrixProduct(.weights(6, 5)) }),
        GraphOperation("comparison", { try $0.isPositive() }, each: { $0 > 0 ? 1 : 0 }),
    ]
}
