/// What goes into a network: what is known of one picture.
package struct InputPlanes: Sendable {
    /// L*, 0...100; its sides are multiples of the network's `multiple`.
    package let lightness: Plane
    /// Colours that were pointed at; nil for none.
    package let hints: HintPlane?
    /// The shares of the 261 cells that the picture is to have; nil for none asked for.
    package let palette: [Float]?

    /// What is known of a picture.
    package init(lightness: Plane, hints: HintPlane? = nil, palette: [Float]? = nil) {
        (self.lightness, self.hints, self.palette) = (lightness, hints, palette)
    }

    /// The same as tensors, a batch of one.
    func tensors(on device: Device) throws(TensorError) -> NetworkInput<Tensor> {
        var (hintTensor, paletteTensor): (Tensor?, Tensor?) = (nil, nil)
        if let hints {
            hintTensor = try Tensor.values(
                hints.values, shape: [1, 3, hints.height, hints.width], on: device)
        }
        if let palette {
            paletteTensor = try Tensor.values(
                palette + [1], shape: [1, palette.count + 1], on: device)
        }
        return NetworkInput<Tensor>(
            lightness: try Tensor.values(
                lightness.values, shape: [1, 1, lightness.height, lightness.width], on: device),
            hints: hintTensor, palette: paletteTensor)
    }
}
