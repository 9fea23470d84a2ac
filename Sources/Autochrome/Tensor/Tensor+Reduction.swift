internal import CTorch

// Means, sums and distributions over dimensions.
extension Tensor {
    /// The mean over `dimensions`, or over all when none is named; `keepingDimensions` leaves them
    /// in the shape with size 1.
    package func mean(
        over dimensions: [Int] = [], keepingDimensions: Bool = false
    ) throws(TensorError) -> Tensor {
        try Torch.make("mean over \(dimensions)", [self]) { table, error in
            Torch.withSizes(dimensions) {
                table.pointee.mean(handle, $0, keepingDimensions ? 1 : 0, error)
            }
        }
    }

    /// The sum over `dimensions`, or over all when none is named.
    package func sum(
        over dimensions: [Int] = [], keepingDimensions: Bool = false
    ) throws(TensorError) -> Tensor {
        try Torch.make("sum over \(dimensions)", [self]) { table, error in
            Torch.withSizes(dimensions) {
                table.pointee.sum(handle, $0, keepingDimensions ? 1 : 0, error)
            }
        }
    }

    /// The largest value over `dimensions`.
    package func maximum(
        over dimensions: [Int], keepingDimensions: Bool = false
    ) throws(TensorError) -> Tensor {
        try Torch.make("maximum over \(dimensions)", [self]) { table, error in
            Torch.withSizes(dimensions) {
                table.pointee.maximum(handle, $0, keepingDimensions ? 1 : 0, error)
            }
        }
    }

    /// The average of every channel: `[N, C, H, W]` to `[N, C, 1, 1]`.
    package func globalAverage() throws(TensorError) -> Tensor {
        try mean(over: [2, 3], keepingDimensions: true)
    }

    /// Shares of the exponentials, which sum to 1 along `dimension` (the channels).
    package func softmax(over dimension: Int = 1) throws(TensorError) -> Tensor {
        try Torch.make("softmax over dimension \(dimension)", [self]) {
            $0.pointee.softmax(handle, Int32(dimension), $1)
        }
    }

    /// The logarithm of `softmax(over:)`, computed without passing through it.
    package func logSoftmax(over dimension: Int = 1) throws(TensorError) -> Tensor {
        try Torch.make("log-softmax over dimension \(dimension)", [self]) {
            $0.pointee.log_softmax(handle, Int32(dimension), $1)
        }
    }
}
