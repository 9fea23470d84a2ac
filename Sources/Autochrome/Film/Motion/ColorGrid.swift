/// The cells in which colours are remembered: the network's, without those of the mirror image
/// by which its input is filled up.
package struct ColorGrid: Sendable, Equatable {
    /// Cells in a row.
    package let width: Int

    /// Rows of cells.
    package let height: Int

    /// The network's pixels for a cell, across and down.
    let stride: Int

    var count: Int { width * height }

    /// The grid of what the network sees.
    ///
    /// - Parameters:
    ///   - size: what the network sees.
    ///   - stride: its pixels for one of its predictions.
    package init(size: WorkingSize, stride: Int) {
        width = (size.width + stride - 1) / stride
        height = (size.height + stride - 1) / stride
        self.stride = stride
    }

    /// The upper left of a plane that covers more.
    func cropped(_ plane: Plane) -> Plane {
        guard plane.width != width || plane.height != height else { return plane }
        return Plane(
            width: width, height: height,
            values: (0..<height).flatMap { y in
                plane.values[y * plane.width..<y * plane.width + width]
            })
    }
}
