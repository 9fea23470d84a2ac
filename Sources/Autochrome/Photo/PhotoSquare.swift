internal import CVips

/// A square of 8-bit sRGB, made for training.
package struct PhotoSquare: Sendable {
    /// Pixels a side.
    package let side: Int

    /// `[side, side, 3]`, interleaved red, green, blue, sRGB-encoded.
    package let pixels: [UInt8]

    /// A square of these pixels, `[side, side, 3]`.
    package init(side: Int, pixels: [UInt8]) {
        precondition(pixels.count == side * side * 3, "a square holds side * side * 3 samples")
        self.side = side
        self.pixels = pixels
    }

    /// Has the process keep the memory of one photograph for the next: for programs that make
    /// squares of many.
    package static func keepMemory() { cvips_keep_memory() }

    /// The square as a JPEG file: chroma at half the size, no metadata.
    ///
    /// - Parameter quality: 1...100.
    /// - Throws: `PhotoError.unwritable` when there is no memory for it.
    package func jpeg(quality: Int) throws(PhotoError) -> [UInt8] {
        try Picture(width: side, height: side, pixels: pixels).jpeg(quality: quality)
    }
}

extension PhotoSquare {
    /// Crop of a square from a photograph.
    package struct Cut: Sendable, Equatable {
        /// Pixels a side.
        package var size: Int

        /// Whether it is the upper left square rather than the middle one.
        package var isFromCorner: Bool

        /// Whether it is done as the article does it: the shorter side scaled to `size`
        /// bilinearly, up or down, whatever the orientation and the profile say.
        package var isArticles: Bool

        /// A cut of this size.
        package init(size: Int, isFromCorner: Bool, isArticles: Bool) {
            self.size = size
            self.isFromCorner = isFromCorner
            self.isArticles = isArticles
        }
    }
}
