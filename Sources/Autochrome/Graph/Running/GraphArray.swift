/// Numbers with a shape, which enter a compiled graph or come out of it.
package struct GraphArray: Sendable, Equatable {
    /// The size of every dimension.
    package let shape: [Int]
    /// Row-major, as many as the shape takes.
    package let values: [Float]

    /// - Throws: `GraphError.invalid` unless `shape` takes as many values as there are.
    package init(_ values: [Float], shape: [Int]) throws(GraphError) {
        guard shape.allSatisfy({ $0 >= 0 }), shape.reduce(1, *) == values.count else {
            throw .invalid(
                operation: "An array of shape \(shape)", reason: "\(values.count) values are given")
        }
        self.shape = shape
        self.values = values
    }
}
