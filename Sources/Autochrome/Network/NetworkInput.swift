/// What goes into a network, as tensors.
///
/// Letters of shapes: N pictures, H rows, W columns, h = H / 4, w = W / 4.
package struct NetworkInput<Value: NetworkValue> {
    /// L* `[N, 1, H, W]`, 0...100.
    package let lightness: Value
    /// `[N, 3, h, w]`: the mean a* / 100 and b* / 100 of the hinted pixels of each place, and the
    /// share of its pixels that are hinted; zeros where there are none. Nil where no picture has
    /// hints.
    package let hints: Value?
    /// `[N, 262]`: the share of each of the 261 cells in the picture, and 1; zeros for a picture
    /// without a palette. Nil where no picture has one.
    package let palette: Value?
    /// Whether planes lie in memory with the channels of a pixel side by side. It changes nothing
    /// but speed, and in training on a CPU it is faster.
    package let isChannelsLast: Bool

    /// The input of these tensors.
    package init(
        lightness: Value, hints: Value? = nil, palette: Value? = nil,
        isChannelsLast: Bool = false
    ) {
        (self.lightness, self.hints, self.palette) = (lightness, hints, palette)
        self.isChannelsLast = isChannelsLast
    }

    /// `x` in the order in memory that is wanted.
    func ordered(_ x: Value) throws(TensorError) -> Value {
        isChannelsLast ? try x.channelsLast() : x
    }
}
