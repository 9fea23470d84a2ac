/// A small copy of a whole photograph, upright, in sRGB.
package struct ScaledPhoto: Sendable {
    /// In pixels.
    package let width: Int
    /// In pixels.
    package let height: Int
    /// 1 for grey, 3 for red, green, blue.
    package let channels: Int
    /// `[height, width, channels]`, sRGB-encoded, 0...1.
    package let values: [Float]

    /// A picture of these values, `[height, width, channels]`.
    package init(width: Int, height: Int, channels: Int, values: [Float]) {
        self.width = width
        self.height = height
        self.channels = channels
        self.values = values
    }
}
