internal import CTorch

// What the layers of the networks compute.
extension Tensor {
    /// The convolution of `[N, C, H, W]` with `weight` `[O, C / groups, K, K]`, as the field calls
    /// the cross-correlation; `padding` zeros are taken to lie on each side.
    package func convolved(
        with weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Int = 0, groups: Int = 1
    ) throws(TensorError) -> Tensor {
        try Torch.make("convolution", [self, weight] + (bias.map { [$0] } ?? [])) {
            $0.pointee.convolution(
                handle, weight.handle, bias?.handle, Int64(stride), Int64(padding),
                Int64(groups), $1)
        }
    }

    /// The transposed convolution of `[N, C, H, W]` with `weight` `[C, O, K, K]`: every pixel
    /// spreads over K x K, `stride` apart, and `padding` is cut from each side.
    package func transposedConvolved(
        with weight: Tensor, bias: Tensor?, stride: Int, padding: Int
    ) throws(TensorError) -> Tensor {
        try Torch.make("transposed convolution", [self, weight] + (bias.map { [$0] } ?? [])) {
            $0.pointee.transposed_convolution(
                handle, weight.handle, bias?.handle, Int64(stride), Int64(padding), $1)
        }
    }

    /// Batch normalization (Ioffe and Szegedy, 2015) of `[N, C, H, W]`.
    ///
    /// When `training`, by the batch's own statistics, and the running ones move towards them in
    /// place by the share `momentum`; else by the running ones. The running variance gathers the
    /// estimate from a sample (n - 1), as PyTorch's does, or the population's (n), as Paddle's.
    /// The activation follows.
    package func batchNormalized(
        weight: Tensor, bias: Tensor, runningMean: Tensor, runningVariance: Tensor,
        training: Bool, populationVariance: Bool = false, momentum: Double, epsilon: Double,
        activation: Activation = .none
    ) throws(TensorError) -> Tensor {
        let inputs = [self, weight, bias, runningMean, runningVariance]
        return try Torch.make("batch normalization", inputs) {
            $0.pointee.batch_norm(
                handle, weight.handle, bias.handle, runningMean.handle, runningVariance.handle,
                training ? 1 : 0, populationVariance ? 1 : 0, momentum, epsilon, activation.code, $1
            )
        }
    }

    /// `[..., I]` times the transpose of `weight` `[O, I]`, plus `bias` `[O]`: `[..., O]`.
    package func linear(weight: Tensor, bias: Tensor?) throws(TensorError) -> Tensor {
        try Torch.make("linear layer", [self, weight] + (bias.map { [$0] } ?? [])) {
            $0.pointee.linear(handle, weight.handle, bias?.handle, $1)
        }
    }

    /// Layer normalization (Ba et al., 2016) over the last dimension, `[C]` being the shape of
    /// `weight` and `bias`.
    package func layerNormalized(
        weight: Tensor, bias: Tensor, epsilon: Double
    ) throws(TensorError) -> Tensor {
        try Torch.make("layer normalization", [self, weight, bias]) {
            $0.pointee.layer_norm(handle, weight.handle, bias.handle, epsilon, $1)
        }
    }

    /// The largest value of each square of `size` x `size` pixels of `[N, C, H, W]`; rows and
    /// columns that do not fill a square are left out.
    package func maxPooled(by size: Int) throws(TensorError) -> Tensor {
        try Torch.make("max pooling", [self]) { $0.pointee.max_pool(handle, Int64(size), $1) }
    }

    /// x times the share of a normal distribution below x (Hendrycks and Gimpel, 2016).
    package func gelu() throws(TensorError) -> Tensor {
        try Torch.make("GELU", [self]) { $0.pointee.gelu(handle, $1) }
    }

    /// max(x, 0)
    package func relu() throws(TensorError) -> Tensor {
        try Torch.make("ReLU", [self]) { $0.pointee.relu(handle, $1) }
    }

    /// min(max(x, 0), 6)
    package func relu6() throws(TensorError) -> Tensor {
        try Torch.make("ReLU6", [self]) { $0.pointee.relu6(handle, $1) }
    }
}
