/// How much colour a model is asked for.
package struct ColorSetting: Sendable, Hashable {
    /// 0...1; nil is the only one of a network without a choice.
    package let vividness: Double?
    /// The factor of a* and b*.
    package let saturation: Double

    /// A setting without more saturation than the network's.
    init(vividness: Double?, saturation: Double = 1) {
        (self.vividness, self.saturation) = (vividness, saturation)
    }
}
