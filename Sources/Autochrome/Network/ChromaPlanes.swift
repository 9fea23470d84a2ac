/// The colour of a picture at the network's resolution.
package struct ChromaPlanes: Sendable, Equatable {
    /// a* of every pixel.
    package let a: Plane
    /// b* of every pixel.
    package let b: Plane

    /// - Parameter ab: `[1, 2, height, width]`.
    init(_ ab: Tensor) throws(TensorError) {
        let (height, width) = (ab.shape[2], ab.shape[3])
        let values = try ab.floats()
        a = Plane(width: width, height: height, values: Array(values.prefix(width * height)))
        b = Plane(width: width, height: height, values: Array(values.suffix(width * height)))
    }
}
