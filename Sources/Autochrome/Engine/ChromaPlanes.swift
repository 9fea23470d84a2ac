/// The colour of a picture at the network's resolution.
package struct ChromaPlanes: Sendable, Equatable {
    /// a* of every pixel.
    package let a: Plane
    /// b* of every pixel.
    package let b: Plane

    /// - Parameter ab: `[1, 2, height, width]`.
    /// - Throws: `TensorError.invalid` where a value is no number, which would paint black.
    init(_ ab: NumberArray) throws(TensorError) {
        let (height, width, values) = (ab.shape[2], ab.shape[3], ab.values)
        guard values.allSatisfy(\.isFinite) else {
            throw .invalid(
                operation: "colouring", shapes: [],
                reason: "the network's colours are not finite; its weights are damaged")
        }
        a = Plane(width: width, height: height, values: Array(values.prefix(width * height)))
        b = Plane(width: width, height: height, values: Array(values.suffix(width * height)))
    }
}
