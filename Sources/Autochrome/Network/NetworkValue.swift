/// Value that a network computes with: a libtorch tensor, or a value in a graph under construction.
///
/// A network is written once over these operations, whose names and meanings are those of `Tensor`.
/// Sizes that are not known when a graph is made are `free`.
package protocol NetworkValue {
    /// A value whose contents do not matter, to ask a network for its tensors.
    static func standIn() throws(TensorError) -> Self

    /// A constant with the values of a file's tensor, in float32; libtorch's on `device`.
    static func stored(_ tensor: StoredTensor, on device: Device) throws(TensorError) -> Self

    /// One number, `[1]`, where `other` is.
    static func number(_ value: Double, like other: Self) throws(TensorError) -> Self

    /// Runs `body` without recording gradients.
    static func untracked<Result>(
        _ body: () throws(TensorError) -> Result
    ) throws(TensorError) -> Result

    static func + (a: Self, b: Self) throws(TensorError) -> Self
    static func - (a: Self, b: Self) throws(TensorError) -> Self
    static func * (a: Self, b: Self) throws(TensorError) -> Self
    static func / (a: Self, b: Self) throws(TensorError) -> Self
    static func + (a: Self, b: Double) throws(TensorError) -> Self
    static func * (a: Self, b: Double) throws(TensorError) -> Self
    static func / (a: Self, b: Double) throws(TensorError) -> Self
    func scaled(by factor: Double, plus addend: Double) throws(TensorError) -> Self
    func squareRoot() throws(TensorError) -> Self
    func logarithm() throws(TensorError) -> Self
    func softplus() throws(TensorError) -> Self
    func isPositive() throws(TensorError) -> Self
    func matrixProduct(_ other: Self) throws(TensorError) -> Self

    func mean(over dimensions: [Int], keepingDimensions: Bool) throws(TensorError) -> Self
    func sum(over dimensions: [Int], keepingDimensions: Bool) throws(TensorError) -> Self
    func maximum(over dimensions: [Int], keepingDimensions: Bool) throws(TensorError) -> Self
    func globalAverage() throws(TensorError) -> Self
    func softmax(over dimension: Int) throws(TensorError) -> Self

    func reshaped(to shape: [Int]) throws(TensorError) -> Self
    func transposed() throws(TensorError) -> Self
    func permuted(to order: [Int]) throws(TensorError) -> Self
    func narrowed(dimension: Int, to range: Range<Int>) throws(TensorError) -> Self
    func concatenated(with other: Self, along dimension: Int) throws(TensorError) -> Self
    func padded(left: Int, right: Int, top: Int, bottom: Int) throws(TensorError) -> Self
    func resized(like other: Self) throws(TensorError) -> Self
    func flattened() throws(TensorError) -> Self
    func unflattened(like other: Self) throws(TensorError) -> Self
    func placeDistances() throws(TensorError) -> Self
    func channelsLast() throws(TensorError) -> Self

    func convolved(
        with weight: Self, bias: Self?, stride: Int, padding: Int, groups: Int
    ) throws(TensorError) -> Self
    func transposedConvolved(
        with weight: Self, bias: Self?, stride: Int, padding: Int
    ) throws(TensorError) -> Self
    func linear(weight: Self, bias: Self?) throws(TensorError) -> Self
    func normalized(
        by norm: BatchNorm<Self>, mode: Mode, activation: Activation
    ) throws(TensorError) -> Self
    func layerNormalized(
        weight: Self, bias: Self, epsilon: Double
    ) throws(TensorError) -> Self
    func maxPooled(by size: Int) throws(TensorError) -> Self
    func relu() throws(TensorError) -> Self
    func relu6() throws(TensorError) -> Self
    func gelu() throws(TensorError) -> Self
}

extension NetworkValue {
    /// A size in a shape that follows from the others. Of several, the last is what is left over,
    /// and each before it is the own size of the dimension at its place.
    package static var free: Int { -1 }

    /// This value after an activation.
    func activated(by activation: Activation) throws(TensorError) -> Self {
        switch activation {
        case .none: self
        case .relu: try relu()
        case .relu6: try relu6()
        }
    }
}
