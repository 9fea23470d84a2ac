/// Input of a network, as tensors.
///
/// Letters of shapes: N pictures, H rows, W columns.
package struct NetworkInput<Value: NetworkValue> {
    /// L* `[N, 1, H, W]`, 0...100.
    package let lightness: Value
    /// Hints and a palette.
    package let guidance: Guidance<Value>
    /// Whether planes lie in memory with the channels of a pixel side by side. It changes nothing
    /// but speed, and in training on a CPU it is faster.
    package let isChannelsLast: Bool

    /// The input of these tensors.
    package init(
        lightness: Value, hints: Value? = nil, palette: Value? = nil,
        isChannelsLast: Bool = false
    ) {
        self.lightness = lightness
        guidance = Guidance(hints: hints, palette: palette)
        self.isChannelsLast = isChannelsLast
    }
}
