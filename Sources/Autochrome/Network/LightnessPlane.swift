/// The lightness of a picture, as the network reads it.
package struct LightnessPlane: Sendable, Equatable {
    /// L* of every pixel, 0...100, row after row.
    package let values: [Float]
    package let width: Int
    package let height: Int

    package init(values: [Float], width: Int, height: Int) {
        self.values = values
        self.width = width
        self.height = height
    }
}
