internal import CTorch

// Elementwise arithmetic; shapes are broadcast as everywhere in the field: from the last dimension
// backwards, a size of 1 stretches.
extension Tensor {
    /// The sum, element by element.
    package static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("sum", [a, b]) { $0.pointee.add(a.handle, b.handle, $1) }
    }

    /// The difference, element by element.
    package static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("difference", [a, b]) { $0.pointee.subtract(a.handle, b.handle, $1) }
    }

    /// The product, element by element.
    package static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("product", [a, b]) { $0.pointee.multiply(a.handle, b.handle, $1) }
    }

    /// The quotient, element by element.
    package static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("quotient", [a, b]) { $0.pointee.divide(a.handle, b.handle, $1) }
    }

    /// The sum of each element and `b`.
    package static func + (a: Tensor, b: Double) throws(TensorError) -> Tensor {
        try a.scaled(by: 1, plus: b)
    }

    /// The difference of each element and `b`.
    package static func - (a: Tensor, b: Double) throws(TensorError) -> Tensor {
        try a.scaled(by: 1, plus: -b)
    }

    /// The product of each element and `b`.
    package static func * (a: Tensor, b: Double) throws(TensorError) -> Tensor {
        try a.scaled(by: b, plus: 0)
    }

    /// The quotient of each element and `b`.
    package static func / (a: Tensor, b: Double) throws(TensorError) -> Tensor {
        try a.scaled(by: 1 / b, plus: 0)
    }

    /// Every element times `factor`, plus `addend`.
    package func scaled(by factor: Double, plus addend: Double) throws(TensorError) -> Tensor {
        try Torch.make("scaling", [self]) { $0.pointee.scale(handle, factor, addend, $1) }
    }

    /// The square root of every element.
    package func squareRoot() throws(TensorError) -> Tensor {
        try Torch.make("square root", [self]) { $0.pointee.square_root(handle, $1) }
    }

    /// The natural logarithm of every element.
    package func logarithm() throws(TensorError) -> Tensor {
        try Torch.make("logarithm", [self]) { $0.pointee.logarithm(handle, $1) }
    }

    /// ln(1 + e^x), which is above 0 everywhere.
    package func softplus() throws(TensorError) -> Tensor {
        try Torch.make("softplus", [self]) { $0.pointee.softplus(handle, $1) }
    }

    /// 1 where an element is above 0, else 0.
    package func isPositive() throws(TensorError) -> Tensor {
        try Torch.make("comparison with 0", [self]) { $0.pointee.is_positive(handle, $1) }
    }

    /// The matrix product `[..., m, k]` x `[..., k, n]`, `[..., m, n]`.
    package func matrixProduct(_ other: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("matrix product", [self, other]) {
            $0.pointee.matrix_product(handle, other.handle, $1)
        }
    }
}
