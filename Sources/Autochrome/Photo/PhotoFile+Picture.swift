extension PhotoFile {
    /// The photograph as a picture in memory: upright, 8-bit sRGB, scaled to `width` x `height`;
    /// alpha is ignored.
    ///
    /// - Throws: `PhotoError.damaged` where the data end early.
    /// - Complexity: one decoding pass; 27 bytes a pixel while it lasts.
    package func picture(width: Int, height: Int) throws(PhotoError) -> Picture {
        Picture(try scaled(width: width, height: height))
    }
}

extension Picture {
    /// A scaled photograph rounded to 8 bits; grey becomes three equal channels.
    package init(_ photo: ScaledPhoto) {
        let values = photo.values
        var pixels = [UInt8](repeating: 0, count: photo.width * photo.height * 3)
        for i in pixels.indices {
            let value = values[photo.channels == 1 ? i / 3 : i]
            pixels[i] = UInt8((min(max(value, 0), 1) * 255).rounded())
        }
        self.init(width: photo.width, height: photo.height, pixels: pixels)
    }
}
