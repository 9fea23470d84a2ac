internal import CTorch

// Operations that move elements and compute none, and bilinear resizing.
extension Tensor {
    /// The same elements, row-major, in another shape of as many.
    ///
    /// Of several sizes of -1, the last is what is left over, and each before it is the own size of
    /// the dimension at its place.
    package func reshaped(to shape: [Int]) throws(TensorError) -> Tensor {
        var shape = shape
        if let last = shape.lastIndex(of: -1) {
            let own = self.shape
            for place in shape[..<last].indices where shape[place] == -1 {
                shape[place] = own[place]
            }
        }
        let sizes = shape
        return try Torch.make("reshaping to \(sizes)", [self]) { table, error in
            Torch.withSizes(sizes) { table.pointee.reshape(handle, $0, error) }
        }
    }

    /// The matrix, or the last two dimensions, with rows and columns exchanged.
    package func transposed() throws(TensorError) -> Tensor {
        try Torch.make("transposition", [self]) { $0.pointee.transpose(handle, -1, -2, $1) }
    }

    /// The same elements with dimension `order[i]` as the i-th.
    package func permuted(to order: [Int]) throws(TensorError) -> Tensor {
        try Torch.make("permutation to \(order)", [self]) { table, error in
            Torch.withSizes(order) { table.pointee.permute(handle, $0, error) }
        }
    }

    /// This tensor followed by `other` along `dimension`.
    package func concatenated(
        with other: Tensor, along dimension: Int
    ) throws(TensorError) -> Tensor {
        try Torch.make("concatenation", [self, other]) { table, error in
            Torch.withList([self, other]) {
                table.pointee.concatenate($0, Int32(dimension), error)
            }
        }
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

    /// `[N, C, H, W]` resized bilinearly, as below, to the height and width of `other`.
    package func resized(like other: Tensor) throws(TensorError) -> Tensor {
        let size = other.shape
        return try resized(height: size[2], width: size[3])
    }

    /// The last two dimensions as one, row-major: `[..., H, W]` to `[..., H W]`.
    package func flattened() throws(TensorError) -> Tensor {
        try reshaped(to: shape.dropLast(2) + [shape.suffix(2).reduce(1, *)])
    }

    /// The last dimension as the last two of `other`, row-major: `[..., H W]` to `[..., H, W]`.
    package func unflattened(like other: Tensor) throws(TensorError) -> Tensor {
        try reshaped(to: shape.dropLast() + other.shape.suffix(2))
    }

    /// The Euclidean distances between all places of `[N, C, H, W]`, row by row, in pixels:
    /// `[H W, H W]`.
    package func placeDistances() throws(TensorError) -> Tensor {
        let (height, width) = (shape[2], shape[3])
        let places = (0..<height * width).map { (y: Float($0 / width), x: Float($0 % width)) }
        let values = places.flatMap { from in
            places.map { to in
                let (y, x) = (from.y - to.y, from.x - to.x)
                return (y * y + x * x).squareRoot()
            }
        }
        return try Tensor.values(
            values, shape: [places.count, places.count], on: device)
    }

    /// `[N, C, H, W]` resized bilinearly to `[N, C, height, width]`, corners not aligned: pixel
    /// centres are at half-integers, and nothing is averaged when shrinking.
    package func resized(height: Int, width: Int) throws(TensorError) -> Tensor {
        try Torch.make("resizing to \(height) x \(width)", [self]) { table, error in
            table.pointee.resize_bilinear(handle, Int64(height), Int64(width), error)
        }
    }
}
