/// The colour of a picture at the network's resolution.
package struct ChromaPlanes: Sendable, Equatable {
    /// a* of every pixel, row after row, then b* of every pixel.
    package let values: [Float]
    package let width: Int
    package let height: Int

    package init(values: [Float], width: Int, height: Int) {
        self.values = values
        self.width = width
        self.height = height
    }
}
