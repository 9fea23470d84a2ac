/// Hints and palette of a picture, as tensors.
///
/// Letters of shapes: N pictures, h and w a quarter of the picture's height and width.
package struct Guidance<Value: NetworkValue> {
    /// `[N, 3, h, w]`: the mean a* / 100 and b* / 100 of the hinted pixels of each place, and the
    /// share of its pixels that are hinted; zeros where there are none. Nil where no picture has
    /// hints.
    package let hints: Value?
    /// `[N, 262]`: the share of each of the 261 cells in the picture, and 1; zeros for a picture
    /// without a palette. Nil where no picture has one.
    package let palette: Value?

    package init(hints: Value? = nil, palette: Value? = nil) {
        (self.hints, self.palette) = (hints, palette)
    }
}
