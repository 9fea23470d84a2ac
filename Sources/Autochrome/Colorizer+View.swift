extension Colorizer {
    /// A photograph at the network's working size.
    package struct View: Sendable {
        /// Lab of the scaled photograph.
        package let planes: LabPlanes

        /// Its size.
        let size: WorkingSize

        /// Pixels of the photograph for one of the view, across and down.
        let scaleX: Float
        let scaleY: Float

        /// - Parameters:
        ///   - scaled: the photograph at `size`.
        ///   - size: the working size.
        ///   - width: pixels across of what is to be coloured.
        ///   - height: the same down.
        package init(_ scaled: ScaledPhoto, size: WorkingSize, width: Int, height: Int) {
            planes = Lab.planes(
                of: scaled.values, channels: scaled.channels, width: size.width,
                height: size.height)
            self.size = size
            scaleX = Float(width) / Float(size.width)
            scaleY = Float(height) / Float(size.height)
        }

        /// The same view for colours that will be shown at another size.
        package func shown(width: Int, height: Int) -> View {
            View(
                planes: planes, size: size, scaleX: Float(width) / Float(size.width),
                scaleY: Float(height) / Float(size.height))
        }

        private init(planes: LabPlanes, size: WorkingSize, scaleX: Float, scaleY: Float) {
            self.planes = planes
            self.size = size
            self.scaleX = scaleX
            self.scaleY = scaleY
        }

        /// L* reflected out to the size that the network takes.
        var paddedLightness: Plane {
            planes.lightness.reflected(toWidth: size.paddedWidth, height: size.paddedHeight)
        }

        func upsampling(
            of chroma: ChromaPlanes, _ lightness: Plane
        ) -> GuidedUpsampling {
            let factor = lightness.width / chroma.a.width
            return GuidedUpsampling(
                lightness: lightness.averaged(by: factor), a: chroma.a, b: chroma.b,
                scaleX: Float(factor) * scaleX, scaleY: Float(factor) * scaleY)
        }
    }
}
