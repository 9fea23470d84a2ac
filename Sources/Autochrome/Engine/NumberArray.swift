/// Numbers with a shape, as plain Swift values: what enters an engine or comes out of it.
package struct NumberArray: Sendable, Equatable {
    /// The size of every dimension.
    package let shape: [Int]
    /// Row-major, as many as the shape takes.
    package let values: [Float]

    /// - Throws: `TensorError.invalid` unless `shape` takes as many values as there are.
    package init(_ values: [Float], shape: [Int]) throws(TensorError) {
        guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
            throw .invalid(
                operation: "an array of shape \(shape)", shapes: [],
                reason: "\(values.count) values are given")
        }
        self.shape = shape
        self.values = values
    }
}
