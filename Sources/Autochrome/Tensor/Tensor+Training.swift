internal import CTorch

// Gradients, and what a training step does with them. Lists may be empty.
extension Tensor {
    /// Has gradients recorded for this tensor from now on.
    package func requireGradient() throws(TensorError) {
        try Torch.perform("requiring a gradient", [self]) {
            $0.pointee.require_gradient(handle, $1)
        }
    }

    /// Adds the gradients of this one number to those of every tensor that requires them.
    package func backward() throws(TensorError) {
        try Torch.perform("the gradient", [self]) { $0.pointee.backward(handle, $1) }
    }

    /// The gradient gathered so far, in the tensor's own shape.
    package func gradient() throws(TensorError) -> Tensor {
        try Torch.make("reading a gradient", [self]) { $0.pointee.gradient(handle, $1) }
    }

    /// Forgets the gradients of all `tensors`.
    package static func clearGradients(of tensors: [Tensor]) throws(TensorError) {
        try Torch.perform("clearing gradients", []) { table, error in
            Torch.withList(tensors) { table.pointee.clear_gradients($0, error) }
        }
    }

    /// The Euclidean norm of the gradients of all `tensors` together.
    package static func gradientNorm(of tensors: [Tensor]) throws(TensorError) -> Double {
        var norm = 0.0
        try Torch.perform("the norm of the gradients", []) { table, error in
            Torch.withList(tensors) { table.pointee.gradient_norm($0, &norm, error) }
        }
        return norm
    }

    /// Multiplies the gradients of all `tensors`.
    package static func scaleGradients(
        of tensors: [Tensor], by factor: Double
    ) throws(TensorError) {
        try Torch.perform("scaling gradients", []) { table, error in
            Torch.withList(tensors) { table.pointee.scale_gradients($0, factor, error) }
        }
    }

    /// target + weight (source - target), in place, for each target and its source.
    package static func interpolate(
        _ targets: [Tensor], towards sources: [Tensor], by weight: Double
    ) throws(TensorError) {
        try Torch.perform("interpolation", []) { table, error in
            Torch.withList(targets) { into in
                Torch.withList(sources) { table.pointee.interpolate(into, $0, weight, error) }
            }
        }
    }

    /// Zeros in this tensor's shape, type, order in memory and place.
    package func zeros() throws(TensorError) -> Tensor {
        try Torch.make("zeros", [self]) { $0.pointee.zeros_like(handle, $1) }
    }

    /// Takes over the values of `source`, whatever its order in memory and its device.
    package func copyValues(of source: Tensor) throws(TensorError) {
        try Torch.perform("copying", [self, source]) {
            $0.pointee.copy_into(handle, source.handle, $1)
        }
    }

    /// Along `dimension` the elements that `index`, of whole numbers, names; of its shape.
    package func gathered(
        along dimension: Int, _ index: Tensor
    ) throws(TensorError) -> Tensor {
        try Torch.make("gathering", [self, index]) {
            $0.pointee.gather(handle, Int32(dimension), index.handle, $1)
        }
    }

    /// The mean over all elements of d^2 / 2 where |d| < `delta`, else of
    /// delta (|d| - delta / 2), d being the difference (Huber, 1964).
    package func huberLoss(to target: Tensor, delta: Double) throws(TensorError) -> Tensor {
        try Torch.make("Huber's loss", [self, target]) {
            $0.pointee.huber(handle, target.handle, delta, $1)
        }
    }

    /// The one number a tensor holds.
    package func number() throws(TensorError) -> Float {
        let values = try floats()
        guard let value = values.first, values.count == 1 else {
            throw .invalid(
                operation: "reading a number", shapes: [shape],
                reason: "it has \(values.count) values")
        }
        return value
    }
}

extension Torch {
    /// Lends the handles of `tensors` to the shim.
    static func withList<Result>(_ tensors: [Tensor], _ body: (ctorch_list) -> Result) -> Result {
        let handles = tensors.map { Optional($0.handle) }
        return withExtendedLifetime(tensors) {
            handles.withUnsafeBufferPointer { buffer in
                body(ctorch_list(tensors: buffer.baseAddress, count: Int32(buffer.count)))
            }
        }
    }
}
