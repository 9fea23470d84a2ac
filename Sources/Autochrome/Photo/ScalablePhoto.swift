/// A photograph, wherever its file is, that gives small copies of itself.
package protocol ScalablePhoto: Sendable {
    /// In pixels, after the EXIF orientation.
    var width: Int { get }
    /// In pixels, after the EXIF orientation.
    var height: Int { get }

    /// The whole upright photograph, scaled to exactly `width` x `height`, in sRGB; alpha is
    /// ignored.
    ///
    /// - Throws: `PhotoError.damaged` where the data end early.
    func scaled(width: Int, height: Int) throws(PhotoError) -> ScaledPhoto
}
