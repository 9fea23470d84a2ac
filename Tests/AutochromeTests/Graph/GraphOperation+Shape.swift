import Autochrome
import Foundation

extension GraphOperation {
    static let shapes = [
        GraphOperation(
            "reshaping to heads", [["N", "H", 12]],
            { try $0[0].reshaped(to: [$0[0].shape[0], $0[0].shape[1], 3, 4]) },
            torch: { try $0[0].reshaped(to: [$0[0].shape[0], $0[0].shape[1], 3, 4]) }),
        GraphOperation(
            "transposition", [picture], { try $0[0].transposed() },
            torch: { try $0[0].transposed() }),
        GraphOperation(
            "permutation", [picture], { try $0[0].permuted(to: [2, 0, 3, 1]) },
            expected: { x in
                let shape = x[0].shape
                return try NumberArray(shape: [shape[2], shape[0], shape[3], shape[1]]) { place in
                    x[0][place[1], place[3], place[0], place[2]]
                }
            }),
        GraphOperation(
            "part", [picture],
            { try $0[0].narrowed(dimension: 1, to: 1..<3).narrowed(dimension: -1, to: 2..<5) },
            torch: {
                try $0[0].narrowed(dimension: 1, to: 1..<3).narrowed(dimension: 3, to: 2..<5)
            }),
        GraphOperation(
            "padding", [picture], { try $0[0].padded(left: 1, right: 2, top: 3, bottom: 4) },
            torch: { try $0[0].padded(left: 1, right: 2, top: 3, bottom: 4) }),
        GraphOperation(
            "concatenation", [picture, ["N", 2, "H", "W"]],
            { try $0[0].concatenated(with: $0[1], along: 1) },
            expected: { x in
                let shape = x[0].shape
                return try NumberArray(shape: [shape[0], 6, shape[2], shape[3]]) { place in
                    place[1] < 4
                        ? x[0][place[0], place[1], place[2], place[3]]
                        : x[1][place[0], place[1] - 4, place[2], place[3]]
                }
            }),
    ]

    static let places = [
        GraphOperation(
            "resizing", [picture], { try $0[0].resized(height: 10, width: 6) },
            torch: { try $0[0].resized(height: 10, width: 6) }),
        GraphOperation(
            "resizing like another", [picture, ["N", 2, "h", "w"]],
            { try $0[0].resized(like: $0[1]) },
            torch: { try $0[0].resized(height: $0[1].shape[2], width: $0[1].shape[3]) }),
        GraphOperation(
            "flattening", [picture], { try $0[0].flattened() },
            torch: { try $0[0].reshaped(to: [$0[0].shape[0], 4, -1]) }),
        GraphOperation(
            "flattening and its reverse", [picture, ["N", 2, "H", "W"]],
            { try ($0[0].flattened() * 2).unflattened(like: $0[1]) }, torch: { try $0[0] * 2 }),
        GraphOperation(
            "distances", [picture], { try GraphTensor.distances(of: $0[0]) },
            expected: { try distances(of: $0[0]) }),
        GraphOperation(
            "distances of a known size", [["N", 4, 5, 6]],
            { try GraphTensor.distances(of: $0[0]) }, expected: { try distances(of: $0[0]) }),
    ]

    private static func distances(of map: NumberArray) throws -> NumberArray {
        let (height, width) = (map.shape[2], map.shape[3])
        return try NumberArray(shape: [height * width, height * width]) { place in
            let (a, b) = (place[0], place[1])
            return hypot(Float(a / width - b / width), Float(a % width - b % width))
        }
    }
}
