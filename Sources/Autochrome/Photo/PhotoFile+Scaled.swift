internal import CVips
internal import SystemPackage

extension PhotoFile {
    /// The whole upright photograph, scaled to exactly `width` x `height`, in
    /// sRGB; alpha is ignored.
    ///
    /// - Returns: `[height, width, bands]`, interleaved, sRGB-encoded, 0...1.
    /// - Throws: `PhotoError.damaged` where the data end early.
    /// - Complexity: one decoding pass, streamed; JPEG is decoded at a half, a
    ///   quarter or an eighth of its size where that is enough.
    package func scaled(width: Int, height: Int) throws(PhotoError) -> ScaledPhoto {
        var message: UnsafeMutablePointer<CChar>?
        var result: Int32 = 0
        let count = width * height * bands
        let values = [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
            buffer.initialize(repeating: 0)
            result = path.withPlatformString { path in
                cvips_scale(
                    path, format.container, Int32(width), Int32(height), buffer.baseAddress,
                    &message)
            }
            initialized = count
        }
        let detail = PhotoLibrary.taking(message)
        guard result == 0 else { throw .damaged(file: path.string, detail: detail) }
        return ScaledPhoto(width: width, height: height, channels: bands, values: values)
    }
}
