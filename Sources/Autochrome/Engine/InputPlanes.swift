/// Input planes of a network for one picture.
package struct InputPlanes: Sendable {
    /// L*, 0...100; its sides are multiples of the network's `multiple`.
    package let lightness: Plane
    /// Colours that were pointed at; nil for none.
    package let hints: HintPlane?
    /// The shares of the 261 cells that the picture is to have; nil for none asked for.
    package let palette: [Float]?

    /// Input planes of a picture.
    package init(lightness: Plane, hints: HintPlane? = nil, palette: [Float]? = nil) {
        (self.lightness, self.hints, self.palette) = (lightness, hints, palette)
    }
}
