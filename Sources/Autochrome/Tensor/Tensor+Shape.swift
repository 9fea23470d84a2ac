internal import CTorch

// Operations that move elements and compute none, and bilinear resizing.
extension Tensor {
    /// The same elements, row-major, in another shape of as many.
    package func reshaped(to shape: [Int]) throws(TensorError) -> Tensor {
        try Torch.make("reshaping to \(shape)", [self]) { table, error in
            Torch.withSizes(shape) { table.pointee.reshape(handle, $0, error) }
        }
    }

    /// The matrix, or the last two dimensions, with rows and columns exchanged.
    package func transposed() throws(TensorError) -> Tensor {
        try Torch.make("transposition", [self]) { $0.pointee.transpose(handle, -1, -2, $1) }
    }

    /// The part of `dimension` that `range` covers, sharing memory with the whole.
    package func narrowed(
        dimension: Int, to range: Range<Int>
    ) throws(TensorError) -> Tensor {
        try Torch.make("dimension \(dimension), \(range)", [self]) { table, error in
            table.pointee.narrow(
                handle, Int32(dimension), Int64(range.lowerBound), Int64(range.count), error)
        }
    }

    /// `[N, C, H, W]` with zeros added around its rows and columns.
    package func padded(
        left: Int = 0, right: Int = 0, top: Int = 0, bottom: Int = 0
    ) throws(TensorError) -> Tensor {
        try Torch.make("padding", [self]) { table, error in
            table.pointee.pad(
                handle, Int64(left), Int64(right), Int64(top), Int64(bottom), error)
        }
    }

    /// `[N, C, H, W]` resized bilinearly to `[N, C, height, width]`, corners not aligned: pixel
    /// centres are at half-integers, and nothing is averaged when shrinking.
    package func resized(height: Int, width: Int) throws(TensorError) -> Tensor {
        try Torch.make("resizing to \(height) x \(width)", [self]) { table, error in
            table.pointee.resize_bilinear(handle, Int64(height), Int64(width), error)
        }
    }
}
